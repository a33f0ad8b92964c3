//! lab
use super::instance::Instance;
use super::lagrange::*;
use super::problem::*;
use super::shape::*;
use super::ascent::*;
pub fn lab(instance: &Instance) {
    let t = std::time::Instant::now();
    let problem = Problem::of(instance);
    eprintln!("{:.2} problem: {} agents {} options {} stays, binding {}", t.elapsed().as_secs_f64(), problem.agents(), problem.options(), problem.stays.len(), problem.binding.iter().filter(|b| **b).count());
    let quiet = |_| {};
    let watch = super::control::Watch::start(1000.0, Default::default(), &quiet);
    let st = super::greedy::start(instance, &vec![0.0; problem.capacity.len()], &mut super::random::Random::new(1), &watch);
    let target = st.value as f64;
    eprintln!("{:.2} greedy {}", t.elapsed().as_secs_f64(), target);
    let shape = Shape::priced(&problem);
    let zero = Prices { agent: vec![0.0; problem.agents()], resource: vec![0.0; problem.capacity.len()] };
    let reps: usize = std::env::var("REPS").ok().and_then(|s| s.parse().ok()).unwrap_or(300);
    let (p1, b1) = {
        let mut pricer = Pricer::new(&problem, &shape, 2);
        let limit = Limit { replies: reps, target: Some(target), over: &|| false };
        let (z, b) = descend(&mut pricer, zero, &limit);
        eprintln!("{:.2} firm-wise plain {}", t.elapsed().as_secs_f64(), b);
        let r = ascend(&mut pricer, z, &limit);
        eprintln!("{:.2} firm-wise {} after {}", t.elapsed().as_secs_f64(), r.bound, r.replies);
        (r.prices, r.bound)
    };
    let packed = Shape::packed(&problem);
    eprintln!("{:.2} packed {} blocks {} multis {} most floors {}", t.elapsed().as_secs_f64(), packed.packed.iter().filter(|b| **b).count(), packed.blocks.len(), packed.blocks.iter().map(|b| b.multis.len()).sum::<usize>(), packed.blocks.iter().map(|b| b.floors.len()).max().unwrap_or(0));
    for b in &packed.blocks { if b.floors.len() > 18 { eprintln!("  block floors {:?} multis {} e.g. {:?}", b.floors.iter().map(|f| instance.resources()[f.resource as usize].id.clone() + ":" + &f.singles.len().to_string()).collect::<Vec<_>>(), b.multis.len(), b.multis.iter().map(|m| m.uses.clone()).filter(|u| u.last().is_some_and(|x| x.0 > 18)).collect::<Vec<_>>()); break; } }
    let mut start = p1.clone();
    {
        let mut pricer = Pricer::new(&problem, &shape, 2);
        let mut reply = Reply::default();
        pricer.reply(&p1, &mut reply);
        for a in 0..problem.agents() {
            let best = problem.of_agent(a).map(|o| pricer.profit[o]).fold(if problem.required[a] {f64::NEG_INFINITY} else {0.0}, f64::max);
            start.agent[a] = if packed.housed[a] { best } else { 0.0 };
        }
        for r in 0..problem.capacity.len() { if packed.packed[r] { start.resource[r] = 0.0; } }
    }
    for (name, shape, start, b) in [("firm", &shape, p1.clone(), b1), ("packed", &packed, start, b1)] {
        let mut pricer = Pricer::new(&problem, shape, 2);
        let limit = Limit { replies: reps, target: Some(target), over: &|| false };
        let r = ascend(&mut pricer, start, &limit);
        eprintln!("{:.2} {name} {} ({:.4} % below) after {}", t.elapsed().as_secs_f64(), r.bound, 100.0 * (b - r.bound) / b, r.replies);
        let mut master = super::master::Master::new(&pricer).unwrap();
        let mut reply = Reply::default();
        pricer.reply(&r.prices, &mut reply);
        master.learn(&pricer, &r.prices, &reply);
        let g = super::master::generate(&mut master, &mut pricer, r.prices, r.bound, 40, 1e-4, &|| t.elapsed().as_secs_f64() > 90.0);
        eprintln!("{:.2} {name} generated {} master {:?} ", t.elapsed().as_secs_f64(), g.bound, g.relaxed.map(|r| r.value));
    }
}
