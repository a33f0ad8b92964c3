// A round played in a demonstration by the forms that people use, in three parts, so that pages can be looked at while
// the round is open, once its plan is publicised, and when contracts run.

import { enter, notice } from "./browser.mjs";

const ROUND = "R2026-1";
/** Milliseconds that a plan may take. */
const PLAN_MS = 180000;

/** Presses the first button of a form; fails with what the page says when nothing was done. */
export async function send(page, form, { told = true } = {}) {
  const scope = page.locator(`form:has(input[name="of"][value="${form}"])`).first();
  await scope.locator("button[type=submit]").first().click();
  const sure = page.locator("dialog.sure[open] button.danger");
  if ((await sure.count()) > 0) await sure.click();
  await page.waitForLoadState("networkidle");
  if (told && (await page.locator(".toast").count()) === 0) {
    const said = await page.locator("main").innerText();
    throw new Error(`nothing was done at ${page.url()}:\n${said.slice(0, 600)}`);
  }
}

/** A round being played in a demonstration. */
export class Play {
  constructor(address, browser) {
    this.address = address;
    this.browser = browser;
    /** What the pages are of: application, draft, task, scenario, plans, objection, offer, contract, claim. */
    this.of = { round: ROUND };
  }

  async as(login) {
    await this.context?.close();
    this.context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
    this.page = await this.context.newPage();
    if (login) await enter(this.page, this.address, login);
  }

  go(path) {
    return this.page.goto(this.address + path);
  }

  /** Fills fields of a form in and sends it. */
  async fill(path, form, values) {
    if (path) await this.go(path);
    for (const [name, value] of Object.entries(values)) await this.page.fill(`#${form}-${name}`, value);
    await send(this.page, form);
  }

  async clock(days) {
    await this.as("");
    await this.go("/");
    await this.page.selectOption("#clock-days", String(days));
    await send(this.page, "clock");
  }

  get place() {
    return new URL(this.page.url()).pathname;
  }

  /** A draft of a firm with its needs. */
  async draft(login, area) {
    await this.as(login);
    await this.go("/cases/new");
    await send(this.page, "new", { told: false });
    const id = /cases\/([^/]+)\/draft/.exec(this.page.url())[1];
    await this.go(`/cases/${id}/draft?step=space`);
    await this.page.selectOption("#draft-use", "rd_office");
    await this.fill("", "draft", { area_min: String(area), area_max: String(area * 2), start_from: "2027-01-01" });
    const site = await this.page.locator("#draft-wish0 option").nth(3).getAttribute("value");
    await this.page.selectOption("#draft-wish0", site);
    await send(this.page, "draft");
    await this.go(`/cases/${id}/draft?step=housing`);
    if ((await this.page.locator("#draft-home_single").count()) > 0) {
      await this.page.fill("#draft-home_single", "2");
      await this.page.check("#draft-wants_subsidy");
      await send(this.page, "draft");
    }
    return id;
  }

  /** Files a document of each kind that is asked for, and hands the draft on. */
  async handed(id) {
    await this.go(`/cases/${id}/files`);
    const kinds = await this.page.locator("#file-kind option").evaluateAll((all) => all.map((o) => o.value));
    for (const kind of kinds) {
      await this.page.selectOption("#file-kind", kind);
      await this.page.setInputFiles("#file-file", { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.4\n% ${kind}\n%%EOF\n`) });
      await send(this.page, "file");
    }
    await this.fill(`/cases/${id}/prepare`, "prepare", {});
  }

  /** The guide is published, a firm has applied, another one is at its draft. */
  async open() {
    await this.as("demo-planner");
    await this.go(`/rounds/${ROUND}/guide`);
    const opens = await this.page.inputValue("#guide-opens_at");
    const closes = new Date(`${opens}:00Z`).getTime() + 20 * 3600 * 1000;
    await this.fill("", "guide", {
      number: "演示〔2026〕1号",
      text: "本批次面向科技服务业企业，供应研发办公用房、人才公寓与租金补贴。\n请在受理时间内在线申请，并上传营业执照与社会保险参保证明。",
      closes_at: new Date(closes).toISOString().slice(0, 16),
      short_window: "演示批次，缩短受理时间",
    });
    this.of.application = await this.draft("demo-firm1-preparer", 300);
    await this.handed(this.of.application);
    await this.as("demo-firm1-approver");
    await this.fill(`/cases/${this.of.application}/submit`, "submit", {});
    this.of.draft = await this.draft("demo-firm2-preparer", 240);
    await this.as("demo-firm1-approver");
    const seen = await (await this.page.request.get(`${this.address}/api/v1/cases/${this.of.application}`)).json();
    this.of.district = seen.case.district;
  }

  /** It is verified; a plan is made, another one of a scenario, and the first is publicised; a firm objects. */
  async publicised() {
    const { application, district } = this.of;
    await this.as(`demo-reviewer-${district}`);
    await this.fill(`/cases/${application}/accept`, "accept", { note: "材料齐全" });
    await this.go(`/cases/${application}`);
    if ((await this.page.locator('a[href*="/clear-flag"]').count()) > 0) await this.fill(`/cases/${application}/clear-flag`, "clear-flag", { note: "保留较早的一份，两份均已向企业说明" });
    await this.fill(`/cases/${application}/verify`, "verify", { note: "与营业执照核对一致" });
    await this.clock(1);
    await this.as("demo-planner");
    await this.fill(`/rounds/${ROUND}/freeze`, "freeze", {});
    await this.fill(`/rounds/${ROUND}/plan`, "plan", { work: "3" });
    this.of.task = this.place;
    await this.page.waitForSelector(".head .state.done", { timeout: PLAN_MS });
    await this.go("/scenarios/new");
    await this.page.selectOption("#scenario-round", ROUND);
    await this.fill("", "scenario", { name: "南山加额", quota_440305: "8000000" });
    this.of.scenario = this.place;
    await this.fill("", "run", { work: "3" });
    await this.page.waitForSelector(".head .state.done", { timeout: PLAN_MS });
    await this.go(this.of.scenario);
    this.of.compare = await this.page.locator('a[href*="/plans/compare?"]').first().getAttribute("href");
    await this.fill(`/rounds/${ROUND}/choose`, "choose", { reason: "总分最高" });
    await this.as("demo-bureau");
    await this.fill(`/rounds/${ROUND}/approve`, "approve", { reason: "同意" });
    await this.as("demo-planner");
    await this.fill(`/rounds/${ROUND}/publicise`, "publicise", { number: "演示公示〔2026〕1号" });
    await this.go(`/rounds/${ROUND}`);
    const board = await this.page.locator("#plans tbody th a").first().getAttribute("href");
    this.of.plan = new URL(board, this.address).pathname.replace(/\/board$/, "");
    await this.as("demo-firm2-approver");
    await this.go("/results?state=placed");
    const href = await this.page.locator("#rows tbody th a").first().getAttribute("href");
    this.of.against = decodeURIComponent(/application\/([^?]+)/.exec(href)[1]);
    await this.fill(`/objections/new?application=${this.of.against}`, "object", { grounds: "申报人数与实际不符，请核对参保证明。" });
    this.of.objection = this.place;
    await this.as("demo-bureau2");
    await this.fill(this.of.objection, "reply", { reason: "经核实，人数以参保证明为准，异议不成立。" });
  }

  /** The round is confirmed, an offer accepted, a contract signed, months gone by, a claim prepared. */
  async held() {
    await this.clock(7);
    await this.clock(1);
    await this.as("demo-planner");
    const round = await (await this.page.request.get(`${this.address}/api/v1/rounds/${ROUND}`)).json();
    const next = Number(round.procedure.publicity.until.slice(0, 4)) + 1;
    const items = notice(next);
    await this.page.request.post(`${this.address}/api/v1/calendar`, { data: { items }, headers: { "sec-fetch-site": "same-origin" } });
    await this.as("demo-bureau");
    await this.fill(`/rounds/${ROUND}/confirm`, "confirm", { reason: "公示期满，无异议成立" });
    for (const firm of ["demo-firm1-approver", "demo-firm2-approver"]) {
      await this.as(firm);
      await this.go("/offers");
      if ((await this.page.locator("tbody th a").count()) > 0) break;
    }
    await this.page.locator("tbody th a").first().click();
    await this.page.waitForLoadState("load");
    this.of.offer = this.place;
    this.of.approver = (await (await this.page.request.get(`${this.address}/api/v1/me`)).json()).login;
    await this.fill(`${this.of.offer}/accept`, "accept", {});
    await this.as("demo-bureau");
    await this.fill(`${this.of.offer}/sign`, "sign", { number: "演示-2026-001", least: "20" });
    this.of.contract = this.place;
    await this.claimed();
    await this.proposed();
  }

  /** A month of rent is claimed, once it is over. */
  async claimed() {
    await this.as(this.of.approver.replace("approver", "preparer"));
    const contract = await (await this.page.request.get(`${this.address}/api/v1${this.of.contract}`)).text();
    this.of.claim = "/claims";
    // Whether the plan gave it a subsidy is the plan's to say.
    if (!/"subsidy":\s*\{/.test(contract)) return;
    await this.clock(30);
    await this.clock(30);
    await this.as(this.of.approver.replace("approver", "preparer"));
    await this.go(`${this.of.contract}/claim?year=2027`);
    await this.page.locator('input[name="months"]').first().check();
    await this.fill("", "act", { rent_paid: "30000" });
    this.of.claim = this.place;
    await this.as(this.of.approver);
    await this.fill(`${this.of.claim}/submit`, "act", {});
  }

  /** A quota is to be changed, and a draw of spot checks announced. */
  async proposed() {
    await this.as("demo-reviewer-440305");
    const year = (await (await this.page.request.get(`${this.address}/api/v1/rounds/${ROUND}`)).json()).round?.subsidy_year ?? 2026;
    await this.fill(`/quotas/440305/${year}/propose`, "act", { amount: "6000000", basis: "预算〔2026〕12号" });
    this.of.quota = this.place;
    await this.as("demo-reviewer-440307");
    await this.fill("/draws/announce", "act", { title: "第四季度抽查", known_from: "2030-01-10", method: "当日排列五开奖号码" });
    this.of.draw = this.place;
  }

  async end() {
    await this.context?.close();
  }
}
