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
    let env = |k: &str, d: usize| std::env::var(k).ok().and_then(|s| s.parse().ok()).unwrap_or(d);
    let top = instance.agents().iter().flat_map(|a| a.options.iter().map(|o| o.value)).max().unwrap_or(1) as f64;
    let mut best = Vec::new();
    for (steps, hot, cold) in [(env("STEPS", 20), 10.0, 1600.0)] {
        let t0 = t.elapsed().as_secs_f64();
        let mut soft = super::soft::Soft::new(&problem, 2);
        let p = super::soft::descend(&mut soft, vec![0.0; problem.capacity.len()], (top / hot, top / cold), steps, &|| false);
        let mut pricer = Pricer::new(&problem, &shape, 2);
        let mut reply = Reply::default();
        pricer.reply(&Prices { agent: vec![0.0; problem.agents()], resource: p.clone() }, &mut reply);
        eprintln!("{:.2} soft {steps} {hot} {cold}: {}", t.elapsed().as_secs_f64()-t0, reply.bound);
        best = p;
    }
    let packed = Shape::packed(&problem);
    {
        let mut nets = super::construct::Nets::of(&problem, &best);
        let mut random = super::random::Random::new(env("SEED", 1) as u64);
        let mut s = super::construct::construct(&problem, &nets, 0.0, &mut random);
        if std::env::var("VOLTEST").is_ok() {
            let mut prices = Prices { agent: vec![0.0; problem.agents()], resource: best.clone() };
            for a in 0..problem.agents() { prices.agent[a] = if packed.housed[a] { nets.best[a].max(0.0) } else { 0.0 }; }
            for r in 0..problem.capacity.len() { if packed.packed[r] { prices.resource[r] = 0.0; } }
            let mut pricer = Pricer::new(&problem, &packed, 2);
            for n in [20, 100, 200, 400] {
                let limit = Limit { replies: n, target: None, over: &|| false };
                let t0 = t.elapsed().as_secs_f64();
                let r = ascend(&mut pricer, prices.clone(), &limit);
                eprintln!("{:.2} volume {n} {}", t.elapsed().as_secs_f64() - t0, r.bound);
            }
            return;
        }
        eprintln!("{:.2} constructed {} complete {}", t.elapsed().as_secs_f64(), s.value, s.complete());
        let mut weights = vec![0.0f64; problem.options()];
        if std::env::var("LP").is_ok() {
            let shape = if std::env::var("LP").as_deref() == Ok("2") { &packed } else { &shape };
            let mut pricer = Pricer::new(&problem, shape, 2);
            let mut prices = Prices { agent: vec![0.0; problem.agents()], resource: best.clone() };
            let mut reply = Reply::default();
            if std::env::var("LP").as_deref() == Ok("2") {
                for a in 0..problem.agents() { prices.agent[a] = if packed.housed[a] { nets.best[a].max(0.0) } else { 0.0 }; }
                for r in 0..problem.capacity.len() { if packed.packed[r] { prices.resource[r] = 0.0; } }
                let limit = Limit { replies: env("VOL", 400), target: Some(13.5e6), over: &|| false };
                let r = ascend(&mut pricer, prices, &limit);
                prices = r.prices;
                eprintln!("{:.2} volume {}", t.elapsed().as_secs_f64(), r.bound);
            }
            pricer.reply(&prices, &mut reply);
            let mut master = super::master::Master::new(&pricer).unwrap();
            master.method(c"ipm");
            master.seed(&mut pricer, &prices, top / 40.0, 8);
            master.learn(&pricer, &prices, &reply);
            let g = super::master::generate(&mut master, &mut pricer, prices, reply.bound, env("ROUNDS", 8), 1e-4, &|| false);
            best = g.prices.resource.clone();
            eprintln!("{:.2} bound {}", t.elapsed().as_secs_f64(), g.bound);
            master.method(c"simplex");
            let r = master.solve(&|| false).unwrap();
            if std::env::var("MIP").is_ok() { eprintln!("mip {:?}", master.as_mip(20.0)); return; }
            eprintln!("{:.2} vertex", t.elapsed().as_secs_f64());
            for &(k, w) in &r.weights { for &o in &master.pattern(k).options { weights[o as usize] += w; } }
            let whole = weights.iter().filter(|w| **w > 0.999).count();
            let some = weights.iter().filter(|w| **w > 0.001).count();
            eprintln!("whole {whole} some {some} of {}", problem.agents());
            nets = super::construct::Nets::of(&problem, &best);
            let mut order: Vec<usize> = (0..problem.options()).filter(|&o| weights[o] > 1e-6).collect();
            order.sort_by(|&x, &y| weights[y].total_cmp(&weights[x]));
            s = super::standing::Standing::empty(&problem);
            for o in order { if s.option[problem.agent[o] as usize] == NONE && s.fits(&problem, o) { s.place(&problem, o); } }
            eprintln!("rounded {}", s.value);
            super::construct::fill(&problem, &mut s);
            eprintln!("filled {}", s.value);
        }
        if let Ok(list) = std::env::var("SA") {
            let worth: Vec<f32> = (0..problem.options()).map(|o| (nets.net[o] + problem.uses(o).iter().filter(|u| packed.packed[u.0 as usize]).map(|u| best[u.0 as usize] * u.1 as f64).sum::<f64>()) as f32).collect();
            let mut order: Vec<u32> = (0..problem.options() as u32).collect();
            for a in 0..problem.agents() { let r = problem.of_agent(a); order[r].sort_by(|&x, &y| nets.net[y as usize].total_cmp(&nets.net[x as usize])); }
            let scene = super::anneal::Scene { problem: &problem, worth, order, local: packed.packed.clone() };
            for item in list.split(',') {
                let v: Vec<f64> = item.split(':').map(|x| x.parse().unwrap()).collect();
                let t0 = t.elapsed().as_secs_f64();
                let mut free = problem.capacity.clone();
                for &o in s.option.iter().filter(|o| **o != NONE) { for &(r, n) in problem.uses(o as usize) { free[r as usize] -= n; } }
                let state = super::anneal::State::new(&scene, s.option.clone(), free);
                let mut an = super::anneal::Anneal::new(&scene, state, (0..problem.agents() as u32).collect(), 1);
                an.run((v[0] * 1e6) as u64, v[1], v[2], &|| false);
                let mut done = super::standing::Standing::empty(&problem);
                for &o in an.state.option.iter().filter(|o| **o != NONE) { done.enter(&problem, o as usize, Vec::new()); }
                super::lodge::deal(&problem, &mut done);
                let v1 = done.value;
                let el = t.elapsed().as_secs_f64() - t0;
                let mut walk = super::paths::Walk::new(&problem, &nets, &packed.packed, done, vec![true; problem.agents()], 1);
                let agents: Vec<u32> = (0..problem.agents() as u32).collect();
                walk.pass(&agents, 100, &|| false); walk.pass(&agents, 100, &|| false);
                eprintln!("{:.2} {item}: accepted {} total {} dealt {} walked {}", el, an.accepted, an.state.total, v1, walk.standing.value);
            }
            return;
        }
        let mut walk = super::paths::Walk::new(&problem, &nets, &packed.packed, s, vec![true; problem.agents()], 1);
        let mut agents: Vec<u32> = (0..problem.agents() as u32).collect();
        let t0 = t.elapsed().as_secs_f64();
        for pass in 0..env("PASSES", 10) {
            random.shuffle(&mut agents);
            agents.sort_by_key(|&a| walk.standing.option[a as usize] != NONE);
            let kept = walk.pass(&agents, env("MOST", 300), &|| false);
            eprintln!("{:.2} pass {pass} kept {kept} value {} work {}", t.elapsed().as_secs_f64() - t0, walk.standing.value, walk.work);
            if kept == 0 { break; }
        }
        let worth: Vec<f64> = (0..problem.options()).map(|o| nets.net[o] + problem.uses(o).iter().filter(|u| packed.packed[u.0 as usize]).map(|u| best[u.0 as usize] * u.1 as f64).sum::<f64>()).collect();
        let mut inside = vec![Vec::new(); packed.blocks.len()];
        for o in 0..problem.options() { if packed.block[o] != NONE { inside[packed.block[o] as usize].push(o as u32); } }
        let town = super::paths::Town { shape: &packed, worth: &worth, inside: &inside };
        let secs = env("SECS", 30) as f64;
        let t0 = t.elapsed().as_secs_f64();
        let heat0 = env("HEAT", 2000) as f64;
        let mut last = 0.0; let mut turns = 0;
        loop {
            let now = t.elapsed().as_secs_f64() - t0;
            if now > secs { break; }
            let heat = heat0 * (1.0 - now / secs).max(0.0).powi(2) + 1.0;
            for _ in 0..20 { let b = random.below(packed.blocks.len()) as u32; turns += 1;
            walk.turn(&town, b, heat, env("NOISE", 10) as f64 / 100.0, env("MOST", 100)); }
            if now > last + secs / 10.0 { last = now; eprintln!("{:.2} turns {turns} work {} value {} best {:?}", now, walk.work, walk.standing.value, walk.best.as_ref().map(|b| b.value)); }
        }
        let mut s = walk.finish();
        eprintln!("final {}", s.value);
        {
            let mut un = 0.0; let mut sl = 0.0; let mut nun = 0;
            for a in 0..problem.agents() { if s.option[a] == NONE { if nets.best[a] > 0.0 { un += nets.best[a]; nun += 1; } } else { sl += nets.slack(&problem, s.option[a] as usize); } }
            let mut fl = 0.0; let mut ot = 0.0; let mut empty = 0.0;
            for r in 0..problem.capacity.len() { let x = best[r] * s.free[r] as f64; if packed.packed[r] { if s.free[r] == problem.capacity[r] { empty += x } else { fl += x } } else { ot += x; } }
            eprintln!("unplaced {un} ({nun}) slack {sl} leftover {fl} empty {empty} other {ot} placed {}", s.option.iter().filter(|o| **o != NONE).count());
        }
        let near = super::pieces::Near::of(&problem, &nets, &packed.packed);
        let plan = super::pieces::Plan { pieces: env("PIECES", 2), agents: env("AGENTS", 80), options: env("OPTIONS", 12), nodes: env("NODES", 50) as i32, threads: 2 };
        let t0 = t.elapsed().as_secs_f64();
        let mut last = 0.0; let mut rounds = 0;
        while t.elapsed().as_secs_f64() - t0 < env("PSECS", 0) as f64 {
            super::pieces::round(&problem, &nets, &near, &mut s, &plan, &mut random, &|| false);
            rounds += 1;
            let now = t.elapsed().as_secs_f64() - t0;
            if now > last + 5.0 { last = now; eprintln!("{:.2} rounds {rounds} value {}", last, s.value); }
        }
    }
}
