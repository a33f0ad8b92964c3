//! Versions of the policy, and what is erased, as pages.

use super::walking::{done, get, whole};
use crate::acts::cases::here;

const PLANNER: &str = "bureau_planner";

#[actix_web::test]
async fn a_policy_is_examined_and_compared() {
    let town = here().remove(0);
    let list = whole(&town, PLANNER, "/policies").await;
    assert!(list.text.contains("/policies/test"), "{}", list.text);
    let one = whole(&town, PLANNER, "/policies/test?against=test").await;
    assert!(
        one.text.contains("两版相同") && one.text.contains("id=\"lint\""),
        "{}",
        one.text
    );
    assert_eq!(get(&town, PLANNER, "/policies/none").await.status, 404);
    assert_eq!(
        get(&town, "firm_approver.F1", "/policies").await.status,
        403
    );
}

#[actix_web::test]
async fn what_is_due_is_counted_and_erased_by_the_system_administrator_alone() {
    let town = here().remove(0);
    let page = whole(&town, "system_admin", "/retention").await;
    assert!(page.text.contains("登录会话"));
    let audit = whole(&town, "audit_admin", "/retention").await;
    assert!(!audit.text.contains("/retention/apply"));
    assert_eq!(
        get(&town, "audit_admin", "/retention/apply").await.status,
        403
    );
    assert_eq!(get(&town, PLANNER, "/retention").await.status, 403);
    let to = done(&town, "system_admin", "/retention/apply", "").await;
    assert_eq!(to, "/retention");
}
