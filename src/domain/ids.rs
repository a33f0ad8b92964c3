//! The kinds of keys, one per noun.

use super::key::{Key, Kind};

/// Marks the keys of sites (场址/园区).
#[derive(Debug, Clone, Copy)]
pub enum SiteKind {}
/// Marks the keys of buildings (楼栋).
#[derive(Debug, Clone, Copy)]
pub enum BuildingKind {}
/// Marks the keys of floors (楼层).
#[derive(Debug, Clone, Copy)]
pub enum FloorKind {}
/// Marks the keys of units (单元).
#[derive(Debug, Clone, Copy)]
pub enum UnitKind {}
/// Marks the keys of let-only-together groups (组合).
#[derive(Debug, Clone, Copy)]
pub enum GroupKind {}
/// Marks the keys of housing projects (住房项目).
#[derive(Debug, Clone, Copy)]
pub enum ProjectKind {}
/// Marks the keys of apartment types (房型).
#[derive(Debug, Clone, Copy)]
pub enum ApartmentTypeKind {}
/// Marks the keys of firms (企业).
#[derive(Debug, Clone, Copy)]
pub enum FirmKind {}
/// Marks the keys of applications (申请).
#[derive(Debug, Clone, Copy)]
pub enum ApplicationKind {}
/// Marks the keys of rounds (批次).
#[derive(Debug, Clone, Copy)]
pub enum RoundKind {}
/// Marks the keys of metro stations (地铁站).
#[derive(Debug, Clone, Copy)]
pub enum StationKind {}
/// Marks the keys of clusters and fields (集聚区, 领域).
#[derive(Debug, Clone, Copy)]
pub enum ClusterKind {}
/// Marks the keys of offers (配租通知).
#[derive(Debug, Clone, Copy)]
pub enum OfferKind {}
/// Marks the keys of contracts (租赁合同).
#[derive(Debug, Clone, Copy)]
pub enum ContractKind {}
/// Marks the keys of accounts (账号).
#[derive(Debug, Clone, Copy)]
pub enum AccountKind {}
/// Marks the keys of sessions (登录会话).
#[derive(Debug, Clone, Copy)]
pub enum SessionKind {}
/// Marks the keys of API tokens (接口令牌).
#[derive(Debug, Clone, Copy)]
pub enum TokenKind {}
/// Marks the keys of objections (异议).
#[derive(Debug, Clone, Copy)]
pub enum ObjectionKind {}
/// Marks the keys of tasks (任务).
#[derive(Debug, Clone, Copy)]
pub enum TaskKind {}
/// Marks the keys of scenarios (情景).
#[derive(Debug, Clone, Copy)]
pub enum ScenarioKind {}
/// Marks the keys of claims (补贴申领).
#[derive(Debug, Clone, Copy)]
pub enum ClaimKind {}
/// Marks the keys of payments (拨付).
#[derive(Debug, Clone, Copy)]
pub enum PaymentKind {}
/// Marks the keys of draws of spot checks (抽签).
#[derive(Debug, Clone, Copy)]
pub enum DrawKind {}
/// Marks the keys of visits (检查).
#[derive(Debug, Clone, Copy)]
pub enum VisitKind {}
/// Marks the keys of quarterly statements (季度台账).
#[derive(Debug, Clone, Copy)]
pub enum StatementKind {}
/// Marks the keys of findings (检查发现问题).
#[derive(Debug, Clone, Copy)]
pub enum FindingKind {}
/// Marks the keys of bans (禁止申请).
#[derive(Debug, Clone, Copy)]
pub enum BanKind {}
/// Marks the keys of suspensions of subsidy (暂停补贴).
#[derive(Debug, Clone, Copy)]
pub enum SuspensionKind {}
/// Marks the keys of proposals to claw back (追缴建议).
#[derive(Debug, Clone, Copy)]
pub enum ProposalKind {}
/// Marks the keys of changes of quotas (额度调整).
#[derive(Debug, Clone, Copy)]
pub enum QuotaChangeKind {}
/// Marks the keys of settlements (年度核定).
#[derive(Debug, Clone, Copy)]
pub enum SettlementKind {}
/// Marks the keys of claw-backs (追缴).
#[derive(Debug, Clone, Copy)]
pub enum ClawBackKind {}

impl Kind for SiteKind {
    const NOUN: &'static str = "site";
}
impl Kind for BuildingKind {
    const NOUN: &'static str = "building";
}
impl Kind for FloorKind {
    const NOUN: &'static str = "floor";
}
impl Kind for UnitKind {
    const NOUN: &'static str = "unit";
}
impl Kind for GroupKind {
    const NOUN: &'static str = "let-only-together group";
}
impl Kind for ProjectKind {
    const NOUN: &'static str = "housing project";
}
impl Kind for ApartmentTypeKind {
    const NOUN: &'static str = "apartment type";
}
impl Kind for FirmKind {
    const NOUN: &'static str = "firm";
}
impl Kind for ApplicationKind {
    const NOUN: &'static str = "application";
}
impl Kind for RoundKind {
    const NOUN: &'static str = "round";
}
impl Kind for StationKind {
    const NOUN: &'static str = "metro station";
}
impl Kind for ClusterKind {
    const NOUN: &'static str = "cluster";
}

impl Kind for OfferKind {
    const NOUN: &'static str = "offer";
}
impl Kind for ContractKind {
    const NOUN: &'static str = "contract";
}
impl Kind for AccountKind {
    const NOUN: &'static str = "account";
}
impl Kind for SessionKind {
    const NOUN: &'static str = "session";
}
impl Kind for TokenKind {
    const NOUN: &'static str = "API token";
}
impl Kind for ObjectionKind {
    const NOUN: &'static str = "objection";
}
impl Kind for TaskKind {
    const NOUN: &'static str = "task";
}
impl Kind for ScenarioKind {
    const NOUN: &'static str = "scenario";
}
impl Kind for ClaimKind {
    const NOUN: &'static str = "claim";
}
impl Kind for PaymentKind {
    const NOUN: &'static str = "payment";
}
impl Kind for DrawKind {
    const NOUN: &'static str = "draw";
}
impl Kind for VisitKind {
    const NOUN: &'static str = "visit";
}
impl Kind for StatementKind {
    const NOUN: &'static str = "statement";
}
impl Kind for FindingKind {
    const NOUN: &'static str = "finding";
}
impl Kind for BanKind {
    const NOUN: &'static str = "ban";
}
impl Kind for SuspensionKind {
    const NOUN: &'static str = "suspension";
}
impl Kind for ProposalKind {
    const NOUN: &'static str = "claw-back proposal";
}
impl Kind for QuotaChangeKind {
    const NOUN: &'static str = "quota change";
}
impl Kind for SettlementKind {
    const NOUN: &'static str = "settlement";
}
impl Kind for ClawBackKind {
    const NOUN: &'static str = "claw-back";
}

/// Key of a site.
pub type SiteId = Key<SiteKind>;
/// Key of a building: `site/label`.
pub type BuildingId = Key<BuildingKind>;
/// Key of a floor: `site/label/level`.
pub type FloorId = Key<FloorKind>;
/// Key of a unit.
pub type UnitId = Key<UnitKind>;
/// Key of a let-only-together group.
pub type GroupId = Key<GroupKind>;
/// Key of a housing project.
pub type ProjectId = Key<ProjectKind>;
/// Key of an apartment type.
pub type ApartmentTypeId = Key<ApartmentTypeKind>;
/// Key of a firm.
pub type FirmId = Key<FirmKind>;
/// Key of an application.
pub type ApplicationId = Key<ApplicationKind>;
/// Key of a round.
pub type RoundId = Key<RoundKind>;
/// Key of a metro station.
pub type StationId = Key<StationKind>;
/// Key of a cluster (C..) or a field (K..).
pub type ClusterId = Key<ClusterKind>;
/// Key of an offer.
pub type OfferId = Key<OfferKind>;
/// Key of a contract.
pub type ContractId = Key<ContractKind>;
/// Key of an account.
pub type AccountId = Key<AccountKind>;
/// Key of a session.
pub type SessionId = Key<SessionKind>;
/// Key of an API token.
pub type TokenId = Key<TokenKind>;
/// Key of an objection.
pub type ObjectionId = Key<ObjectionKind>;
/// Key of a task.
pub type TaskId = Key<TaskKind>;
/// Key of a scenario.
pub type ScenarioId = Key<ScenarioKind>;
/// Key of a claim.
pub type ClaimId = Key<ClaimKind>;
/// Key of a payment.
pub type PaymentId = Key<PaymentKind>;
/// Key of a draw.
pub type DrawId = Key<DrawKind>;
/// Key of a visit.
pub type VisitId = Key<VisitKind>;
/// Key of a statement: `contract:quarter`.
pub type StatementId = Key<StatementKind>;
/// Key of a finding: `visit:number`.
pub type FindingId = Key<FindingKind>;
/// Key of a ban.
pub type BanId = Key<BanKind>;
/// Key of a suspension.
pub type SuspensionId = Key<SuspensionKind>;
/// Key of a claw-back proposal.
pub type ProposalId = Key<ProposalKind>;
/// Key of a quota change.
pub type QuotaChangeId = Key<QuotaChangeKind>;
/// Key of a settlement.
pub type SettlementId = Key<SettlementKind>;
/// Key of a claw-back.
pub type ClawBackId = Key<ClawBackKind>;
