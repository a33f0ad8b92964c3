//! The burn-down: what stood in the accounts at the end of each month.

use zhuchao::acts::money::{burn_down, quotas};
use zhuchao::acts::refuse;
use zhuchao::domain::money::Fen;
use zhuchao::domain::quota::QuotaMode;

use super::{HERE, THERE, claim, code, grant, here, paid, payable, quota, reviewed, signed, yuan};

#[test]
fn each_month_is_there_with_what_moved_and_what_is_left() {
    for town in here() {
        let budget = quota(HERE, 2026);
        let none = burn_down::series(&town.reviewer(HERE), &budget);
        assert_eq!(none.map(|all| all.len()), Ok(0));
        grant(&town, &budget, yuan(1_000), QuotaMode::Hard);
        // The last hour of March in Shenzhen is still March in UTC.
        town.at("2026-03-31T23:30:00+08:00");
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T00:30:00+08:00");
        let due = payable(&town, &reviewed(&town, &claim(&town, &mine, &[4, 5])));
        paid(&town, &[&due]);
        let all = burn_down::series(&town.reviewer(HERE), &budget).expect("a series");
        let months: Vec<&str> = all.iter().map(|m| m.month.as_str()).collect();
        let names = ["01", "02", "03", "04", "05", "06", "07"].map(|m| format!("2026-{m}"));
        assert_eq!(months, names, "{}", town.name);
        let row = |n: usize| {
            let b = all[n].balance;
            [b.committed, b.payable, b.paid, b.free].map(|f| f.0 / 100)
        };
        assert_eq!(row(0), [0, 0, 0, 1_000]);
        assert_eq!(row(1), row(0), "a quiet month");
        assert_eq!(row(2), [450, 0, 0, 550]);
        assert_eq!(row(6), [350, 0, 100, 550]);
        assert_eq!(all[2].moved.get("commit"), Some(&yuan(450)));
        assert_eq!(all[6].moved.get("pay"), Some(&yuan(100)));
        assert!(all.iter().all(|m| m.balance.is_lawful()));
        let others = burn_down::series(&town.reviewer(THERE), &budget);
        assert_eq!(code(others), refuse::NOT_YOURS);
    }
}

#[test]
fn entries_are_paged_in_order() {
    for town in here() {
        let budget = quota(HERE, 2026);
        for amount in 1..=5 {
            grant(&town, &budget, yuan(amount), QuotaMode::Hard);
        }
        let page = |after, limit| {
            quotas::entries(&town.planner(), &budget, (after, limit)).expect("entries")
        };
        let first = page(None, 2);
        let rest = page(first.last().map(|e| e.id.clone()), 50);
        let numbers: Vec<i64> = first.iter().chain(&rest).map(|e| e.seq).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        let sum = Fen::sum(first.iter().chain(&rest).map(|e| e.amount));
        assert_eq!(sum, Ok(yuan(5)));
    }
}
