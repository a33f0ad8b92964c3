// Journeys through a whole round, as the people of each role go through it, in Chinese and English, each page examined
// with axe-core; the firm's journey also without JavaScript. ZHUCHAO_ADDRESS names a fresh demonstration that is served
// already; else one is started.

import assert from "node:assert/strict";
import { demonstration, enter, faults, notice, open, program } from "./browser.mjs";
import { mishaps, twoTabs } from "./mishaps.mjs";
import { office } from "./office.mjs";

const served = process.env.ZHUCHAO_ADDRESS ? { address: process.env.ZHUCHAO_ADDRESS, end: () => {} } : await demonstration(program());
const at = (path) => served.address + path;
const browser = await open();
const ROUND = "R2026-1";
let application = "";

/** A visitor: a browser of its own, perhaps without scripts. */
async function visitor({ lang = "", scripts = true } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  const suffix = lang ? `?lang=${lang}` : "";
  return {
    page,
    go: (path) => page.goto(at(path + (lang ? `${path.includes("?") ? "&" : "?"}lang=${lang}` : ""))),
    enter: (login) => enter(page, served.address, login, suffix),
    end: () => context.close(),
    async fine(what) {
      if (!scripts) return;
      const found = await faults(page);
      assert.deepEqual(found, [], `${what}: ${found.join("\n")}`);
    },
  };
}

/** Presses the button of a form and waits for what follows. */
async function send(page, form, button) {
  const scope = page.locator(`form:has(input[name="of"][value="${form}"])`);
  const one = button ? scope.locator(`button:has-text("${button}")`) : scope.locator("button[type=submit]").first();
  await Promise.all([page.waitForLoadState("load"), one.click()]);
  // What cannot be undone is asked once more.
  const sure = page.locator("dialog.sure[open] button.danger");
  if ((await sure.count()) > 0) await sure.click();
  await page.waitForLoadState("networkidle");
}

/** The words of the toast; fails with what the page says when there is none. */
async function told(page) {
  await page.waitForLoadState("load");
  const toast = page.locator(".toast");
  if ((await toast.count()) === 0) {
    const said = await page.locator("main").innerText();
    assert.fail(`nothing was done at ${page.url()}:\n${said.slice(0, 800)}`);
  }
  return toast.innerText();
}

async function clock(days) {
  const v = await visitor();
  await v.go("/");
  await v.page.selectOption("#clock-days", String(days));
  await send(v.page, "clock");
  await told(v.page);
  await v.end();
}

/** Files a document of each kind that the page of evidence asks for. */
async function proved(page) {
  const kinds = await page.locator("#file-kind option").evaluateAll((all) => all.map((o) => o.value));
  for (const kind of kinds) {
    await page.selectOption("#file-kind", kind);
    await page.setInputFiles("#file-file", { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.4\n% ${kind}\n%%EOF\n`) });
    await send(page, "file");
    await told(page);
  }
}

const JOURNEYS = {
  "the public finds space and checks whether it qualifies (zh)": async () => {
    const v = await visitor();
    await v.go("/vacancies");
    await v.page.selectOption("#filter-district", "440305");
    await v.page.fill("#filter-area_max", "400");
    await v.page.click(".filter button");
    assert.match(v.page.url(), /district=440305/);
    await v.page.waitForSelector("#sites[data-ready]");
    await v.fine("vacancies");
    await v.page.locator("tbody th a").first().click();
    await v.page.waitForSelector(".stackplan");
    await v.fine("site");
    await v.go("/precheck");
    await v.page.fill("#precheck-headcount", "60");
    await v.page.fill("#precheck-area_min", "300");
    await v.page.selectOption("#precheck-round", ROUND);
    await send(v.page, "precheck");
    assert.ok((await v.page.locator(".rules li").count()) > 2);
    assert.equal(await v.page.inputValue("#precheck-headcount"), "60", "what was typed stays");
    await v.fine("precheck");
    await v.end();
  },
  "the public reads the result and its proof (en)": async () => {
    const v = await visitor({ lang: "en" });
    await v.go("/results");
    await v.fine("results");
    await v.page.locator("#rows tbody th a").first().click();
    await v.fine("application");
    await v.go("/statistics");
    await v.page.locator("#rents summary").click();
    assert.ok((await v.page.locator("#rents tbody tr").count()) > 3, "the same as a table");
    await v.fine("statistics");
    await v.page.click("a.help");
    assert.match(v.page.url(), /\/manual\/statistics/);
    await v.fine("manual");
    await v.go("/notices");
    await v.fine("notices");
    await v.end();
  },
  "the planner publishes the guide (zh)": async () => {
    const v = await visitor();
    await v.enter("demo-planner");
    await v.fine("desk");
    await v.go(`/rounds/${ROUND}/guide`);
    await v.page.fill("#guide-number", "演示〔2026〕1号");
    await v.page.fill("#guide-text", "本批次面向科技服务业企业。\n请在受理时间内在线申请。");
    // A short window: the year's calendar of working days must hold the whole round.
    const opens = await v.page.inputValue("#guide-opens_at");
    const closes = new Date(`${opens}:00Z`).getTime() + 20 * 3600 * 1000;
    await v.page.fill("#guide-closes_at", new Date(closes).toISOString().slice(0, 16));
    await v.page.fill("#guide-short_window", "演示批次，缩短受理时间");
    await v.fine("guide");
    await send(v.page, "guide");
    await told(v.page);
    await v.fine("round");
    await v.end();
  },
  "a firm fills its application in, saves, resumes and hands it on (zh)": async () => {
    const v = await visitor();
    await v.enter("demo-firm1-preparer");
    await v.go("/cases/new");
    await v.fine("new");
    await send(v.page, "new");
    application = /cases\/([^/]+)\/draft/.exec(v.page.url())[1];
    await v.page.selectOption("#draft-use", "rd_office");
    await v.page.fill("#draft-area_min", "300");
    await v.page.fill("#draft-area_max", "600");
    await v.page.fill("#draft-start_from", "2027-01-01");
    await v.page.waitForSelector("#live .rules li");
    await v.fine("wizard");
    await send(v.page, "draft");
    await told(v.page);
    assert.match(v.page.url(), /step=place/);
    // A wish by the map, with the keyboard, and taken out again; a station with the mouse; the fields hold the choice.
    await v.page.waitForSelector("#picker[data-ready]");
    await v.fine("places");
    const site = v.page.locator("#picker path.shape-vacant").first();
    await site.focus();
    await v.page.keyboard.press("Enter");
    assert.notEqual(await v.page.inputValue("#draft-wish0"), "", "the first wish is taken");
    assert.equal(await site.getAttribute("aria-pressed"), "true");
    assert.match(await v.page.locator("#picked").innerText(), /已选/);
    await v.page.keyboard.press("Enter");
    assert.equal(await v.page.inputValue("#draft-wish0"), "", "and given back");
    await v.page.keyboard.press("Enter");
    await v.page.locator("#picker path.shape-station").first().dispatchEvent("click");
    assert.equal(await v.page.locator('input[name="anchors"]:checked').count(), 1);
    await v.page.waitForSelector("#live .fits");
    assert.match(await v.page.locator("#live .count").innerText(), /\d+ \/ \d+/);
    await send(v.page, "draft");
    await send(v.page, "draft");
    await v.page.fill("#draft-home_single", "2");
    await v.page.check("#draft-wants_subsidy");
    await send(v.page, "draft");
    await v.fine("files");
    await proved(v.page);
    await v.go(`/cases/${application}`);
    await v.fine("case");
    await v.go(`/cases/${application}/prepare`);
    await send(v.page, "prepare");
    await told(v.page);
    await v.end();
  },
  "the firm's approver submits it (en)": async () => {
    const v = await visitor({ lang: "en" });
    await v.enter("demo-firm1-approver");
    await v.go(`/cases/${application}/submit`);
    await v.fine("before submitting");
    await send(v.page, "submit");
    assert.equal(await told(v.page), "Submitted.");
    await v.end();
  },
  "another firm goes the whole way without JavaScript (zh)": async () => {
    const v = await visitor({ scripts: false });
    await v.page.goto(at("/"));
    await v.page.locator('form:has(input[value="demo-firm2-preparer"]) button').click();
    await v.page.goto(at("/cases/new"));
    await send(v.page, "new");
    const id = /cases\/([^/]+)\/draft/.exec(v.page.url())[1];
    await send(v.page, "draft");
    await v.page.goto(at(`/cases/${id}/draft?step=space`));
    await v.page.selectOption("#draft-use", "rd_office");
    await v.page.fill("#draft-area_min", "200");
    await v.page.fill("#draft-area_max", "400");
    await v.page.fill("#draft-start_from", "2027-01-01");
    await send(v.page, "draft");
    await told(v.page);
    await v.page.goto(at(`/cases/${id}/prepare`));
    await send(v.page, "prepare");
    await told(v.page);
    await v.page.goto(at(`/cases/${id}/withdraw`));
    assert.equal((await v.page.locator("h1").innerText()).length > 0, true);
    await v.end();
  },
  "a stale form, a double click and a lost session lose nothing (zh)": async () => {
    const v = await visitor();
    await v.enter("demo-firm2-preparer");
    await v.go("/cases/new");
    await send(v.page, "new");
    const path = new URL(v.page.url()).pathname;
    const other = await v.page.context().newPage();
    await other.goto(at(path));
    await other.fill("#draft-area_min", "111");
    await send(other, "draft", "仅保存");
    await told(other);
    await v.page.fill("#draft-area_min", "222");
    await send(v.page, "draft", "仅保存");
    const summary = await v.page.locator(".summary").innerText();
    assert.match(summary, /AC015/);
    assert.equal(await v.page.inputValue("#draft-area_min"), "222", "what was typed stays");
    await send(v.page, "draft", "仅保存");
    await told(v.page);
    const before = await (await v.page.request.get(at("/api/v1/cases?limit=200"))).json();
    await v.go("/cases/new");
    await v.page.evaluate(() => {
      const form = document.querySelector('form:has(input[value="new"])');
      form.removeAttribute("data-once");
      const body = new URLSearchParams(new FormData(form));
      return Promise.all([1, 2].map(() => fetch(form.action, { method: "POST", body })));
    });
    const after = await (await v.page.request.get(at("/api/v1/cases?limit=200"))).json();
    assert.equal(after.items.length, before.items.length + 1, "sent twice, done once");
    await v.page.context().clearCookies();
    await v.go("/cases");
    assert.match(await v.page.locator("h1").innerText(), /401/);
    await v.fine("401");
    await v.page.locator("main .button.primary").click();
    assert.match(v.page.url(), /next=%2Fcases/);
    await v.end();
  },
  "the wizard and the review survive what goes wrong (zh)": async () => {
    const firm = await visitor();
    await firm.enter("demo-firm2-preparer");
    await firm.go("/cases/new");
    await send(firm.page, "new");
    const id = /cases\/([^/]+)\/draft/.exec(firm.page.url())[1];
    const fill = async (page) => {
      await page.selectOption("#draft-use", "rd_office");
      await page.fill("#draft-area_min", "240");
      await page.fill("#draft-area_max", "480");
      await page.fill("#draft-start_from", "2027-01-01");
    };
    const path = `/cases/${id}/draft?step=space`;
    await mishaps(firm, { path, form: "draft", fill, kept: ["#draft-area_max", "480"], button: "仅保存", at });
    await twoTabs(firm, { path, form: "draft", fill: (page) => page.fill("#draft-area_min", page === firm.page ? "250" : "260"), button: "仅保存", at });
    await firm.go(`/cases/${id}/files`);
    await proved(firm.page);
    await firm.go(`/cases/${id}/prepare`);
    await send(firm.page, "prepare");
    await told(firm.page);
    await firm.enter("demo-firm2-approver");
    await firm.go(`/cases/${id}/submit`);
    await send(firm.page, "submit");
    await told(firm.page);
    const office = await visitor();
    const district = (await firm.page.request.get(at(`/api/v1/cases/${id}`)).then((a) => a.json())).case.district;
    await office.enter(`demo-reviewer-${district}`);
    const note = { fill: (page) => page.fill("#accept-note", "材料齐全"), kept: ["#accept-note", "材料齐全"] };
    await mishaps(office, { path: `/cases/${id}/accept`, form: "accept", ...note, at });
    await twoTabs(office, { path: `/cases/${id}/return`, form: "return", fill: (page) => page.fill("#return-note", "请补充"), at });
    await firm.end();
    await office.end();
  },
  "the district accepts and verifies it beside its evidence (en)": async () => {
    const v = await visitor({ lang: "en" });
    let seen = 0;
    for (const login of ["demo-reviewer-440304", "demo-reviewer-440307"]) {
      await v.enter(login);
      seen = (await v.go(`/cases/${application}`)).status();
      if (seen === 200) break;
      assert.equal(seen, 403, "the application of another district");
      await v.fine("403");
    }
    assert.equal(seen, 200);
    await v.fine("case");
    await v.go("/review");
    await v.fine("queue");
    await v.page.check(`input[name="key"][value="${application}"]`);
    assert.match(await v.page.locator(".picked").innerText(), /1/);
    await v.page.locator('button[formaction*="/many/cases/accept"]').click();
    await v.page.waitForSelector("#those");
    assert.match(await v.page.locator(".consequence").innerText(), /review begins/);
    await v.fine("many");
    await send(v.page, "act");
    assert.match(await v.page.locator("#told").innerText(), /All done: 1/);
    await v.fine("results");
    // The demonstration's firm applied before: an officer looks at both and says why they may stand.
    await v.go(`/cases/${application}/clear-flag`);
    await v.page.fill("#clear-flag-note", "the older one is kept; both were shown to the firm");
    await send(v.page, "clear-flag");
    await told(v.page);
    await v.go(`/cases/${application}/verify`);
    await v.page.fill("#verify-note", "checked against the licence");
    await v.fine("verify");
    await send(v.page, "verify");
    assert.equal(await told(v.page), "Verified.");
    await v.end();
  },
  "the planner freezes the facts and watches a plan being made (zh)": async () => {
    await clock(1);
    const v = await visitor();
    await v.enter("demo-planner");
    await v.go(`/rounds/${ROUND}/freeze`);
    await send(v.page, "freeze");
    await told(v.page);
    await v.go(`/rounds/${ROUND}/plan`);
    await v.page.fill("#plan-work", "3");
    await send(v.page, "plan");
    await told(v.page);
    await v.page.waitForSelector(".head .state.done", { timeout: 180000 });
    await v.page.waitForSelector("svg.curves");
    await v.fine("run");
    await v.end();
  },
  "a scenario is made, run and compared (en)": async () => {
    const v = await visitor({ lang: "en" });
    await v.enter("demo-planner");
    await v.go("/scenarios/new");
    await v.page.selectOption("#scenario-round", ROUND);
    await v.page.fill("#scenario-name", "more for Nanshan");
    await v.page.fill("#scenario-quota_440305", "8000000");
    await v.fine("scenario");
    await send(v.page, "scenario");
    await told(v.page);
    await v.page.fill("#run-work", "3");
    await send(v.page, "run");
    await v.page.waitForSelector(".head .state.done", { timeout: 180000 });
    await v.go("/scenarios");
    await v.page.locator("tbody th a").first().click();
    await v.page.locator('a:has-text("Compare")').first().click();
    await v.page.waitForSelector("#figures table");
    await v.fine("compare");
    await v.end();
  },
  "a plan is chosen, approved by another and publicised (zh)": async () => {
    const planner = await visitor();
    await planner.enter("demo-planner");
    await planner.go(`/rounds/${ROUND}/choose`);
    await planner.page.fill("#choose-reason", "总分最高");
    await planner.fine("choose");
    await send(planner.page, "choose");
    await told(planner.page);
    const bureau = await visitor();
    await bureau.enter("demo-bureau");
    await bureau.go(`/rounds/${ROUND}/approve`);
    await bureau.page.fill("#approve-reason", "同意");
    await send(bureau.page, "approve");
    await told(bureau.page);
    await planner.go(`/rounds/${ROUND}/preview`);
    assert.match(await planner.page.locator(".paper").innerText(), /文号待定/);
    await planner.fine("preview");
    await planner.go(`/rounds/${ROUND}/publicise`);
    await planner.page.fill("#publicise-number", "演示公示〔2026〕1号");
    await send(planner.page, "publicise");
    await told(planner.page);
    await planner.go(`/notices/${ROUND}`);
    await planner.fine("notice");
    const [word] = await Promise.all([planner.page.waitForEvent("download"), planner.page.goto(at(`/notices/${ROUND}/print`)).then(() => planner.page.click('a[href*="/docx"]'))]);
    assert.match(word.suggestedFilename(), /\.docx$/);
    await planner.end();
    await bureau.end();
  },
  "a firm objects with its name and gets a reply (zh)": async () => {
    const firm = await visitor();
    await firm.enter("demo-firm2-approver");
    await firm.go("/results?state=placed");
    const href = await firm.page.locator("#rows tbody th a").first().getAttribute("href");
    const against = decodeURIComponent(/application\/([^?]+)/.exec(href)[1]);
    await firm.go(`/objections/new?application=${against}`);
    await firm.page.fill("#object-grounds", "申报人数与实际不符");
    await firm.fine("object");
    await send(firm.page, "object");
    await told(firm.page);
    const path = new URL(firm.page.url()).pathname;
    const bureau = await visitor();
    await bureau.enter("demo-bureau2");
    await bureau.go(path);
    await bureau.page.fill("#reply-reason", "经核实，人数以参保证明为准");
    await bureau.fine("reply");
    await send(bureau.page, "reply");
    await told(bureau.page);
    await firm.end();
    await bureau.end();
  },
  "the round is confirmed, an offer accepted and a contract signed (zh)": async () => {
    await clock(7);
    await clock(1);
    // Dates of the next year are counted, whose notice the data does not hold: an officer enters it.
    const planner = await visitor();
    await planner.enter("demo-planner");
    const next = Number((await planner.page.request.get(at(`/api/v1/rounds/${ROUND}`)).then((a) => a.json())).procedure.publicity.until.slice(0, 4)) + 1;
    const items = notice(next);
    const entered = await planner.page.request.post(at("/api/v1/calendar"), { data: { items }, headers: { "sec-fetch-site": "same-origin" } });
    assert.equal(entered.status(), 200, await entered.text());
    await planner.end();
    const bureau = await visitor();
    await bureau.enter("demo-bureau");
    await bureau.go(`/rounds/${ROUND}/confirm`);
    await bureau.page.fill("#confirm-reason", "公示期满无异议成立");
    await send(bureau.page, "confirm");
    await told(bureau.page);
    const firm = await visitor();
    for (const login of ["demo-firm1-approver", "demo-firm2-approver"]) {
      await firm.enter(login);
      await firm.go("/offers");
      if ((await firm.page.locator("tbody th a").count()) > 0) break;
    }
    await firm.fine("offers");
    await firm.page.locator("tbody th a").first().click();
    await firm.page.waitForSelector("#sites[data-ready]");
    assert.ok((await firm.page.locator("rect.chosen").count()) > 0, "its rooms stand out in the building");
    await firm.fine("offer");
    const path = new URL(firm.page.url()).pathname;
    const login = (await firm.page.request.get(at("/api/v1/me")).then((a) => a.json())).login;
    await mishaps(firm, { login, path: `${path}/accept`, form: "accept", fill: async () => {}, at });
    assert.equal(await firm.page.locator(".head .state").innerText(), "已接受");
    await bureau.go(`${path}/sign`);
    await bureau.page.fill("#sign-number", "演示-2026-001");
    await bureau.page.fill("#sign-least", "20");
    await bureau.fine("sign");
    await send(bureau.page, "sign");
    await told(bureau.page);
    await bureau.fine("contract");
    await firm.go("/contracts");
    assert.equal(await firm.page.locator("tbody th a").count(), 1);
    await firm.end();
    await bureau.end();
  },
  "a table goes out, is changed, tried, brought in and taken back (zh)": async () => {
    const v = await visitor();
    await v.enter("demo-planner");
    await v.go("/tables");
    await v.fine("tables");
    const csv = await (await v.page.request.get(at("/api/v1/tables/sites?format=csv"))).text();
    const file = (text) => ({ name: "sites.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    const name = /软件大厦/;
    assert.match(csv, name);
    await v.go("/tables/sites");
    await v.page.setInputFiles("#file-file", file(csv.replace("440305", "nowhere")));
    await send(v.page, "file");
    assert.match(await v.page.locator("h1 + .help, .head").first().innerText(), /有错误/);
    await v.fine("faults");
    await v.go("/tables/sites");
    await v.page.setInputFiles("#file-file", file(csv.replace(name, "软件大厦（一号）")));
    await send(v.page, "file");
    assert.match(await v.page.locator("#changes").innerText(), /软件大厦（一号）/);
    await v.fine("differences");
    // The session is lost before it is confirmed: nothing is written, and the way leads back to the table.
    const cookies = await v.page.context().cookies();
    await v.page.context().clearCookies();
    await send(v.page, "take");
    assert.match(await v.page.locator("h1").innerText(), /401/);
    assert.match(await v.page.locator("main .button.primary").getAttribute("href"), /next=%2Ftables%2Fsites$/);
    await v.page.context().addCookies(cookies);
    await v.go("/tables/sites");
    await v.page.setInputFiles("#file-file", file(csv.replace(name, "软件大厦（一号）")));
    await send(v.page, "file");
    // Pressed twice on a slow line, written once.
    let sent = 0;
    await v.page.route(/\/tables\/sites\//, async (route) => {
      if (route.request().method() === "POST") sent += 1;
      await new Promise((go) => setTimeout(go, 1500));
      await route.continue();
    });
    const take = v.page.locator('form:has(input[name="of"][value="take"]) button[type=submit]').first();
    await Promise.all([v.page.waitForNavigation(), take.dblclick({ noWaitAfter: true })]);
    await v.page.unrouteAll({ behavior: "ignoreErrors" });
    assert.equal(sent, 1, "pressed twice, sent once");
    await told(v.page);
    await v.fine("table");
    await v.page.fill("#undo-reason", "试用后恢复");
    await send(v.page, "undo");
    await told(v.page);
    const after = await (await v.page.request.get(at("/api/v1/tables/sites?format=csv"))).text();
    assert.equal(after, csv);
    await v.end();
  },
  "an administrator and anybody look after their account (en)": async () => {
    const v = await visitor({ lang: "en" });
    await v.enter("demo-system");
    await v.go("/accounts");
    await v.fine("accounts");
    await v.go("/account");
    await v.fine("account");
    await v.page.fill("#make-name", "report");
    await send(v.page, "make");
    assert.match(await v.page.locator("#secret").innerText(), /New token/);
    await v.page.locator("details.who summary").click();
    await v.page.locator("details.who button").click();
    await v.page.locator(".toast[data-done=left]").waitFor();
    await told(v.page);
    await v.go("/account");
    assert.match(await v.page.locator("h1").innerText(), /401/);
    await v.end();
  },
  "a newcomer is led through the round, and the demonstration begins anew (en)": async () => {
    const v = await visitor({ lang: "en" });
    await v.go("/");
    await v.page.locator(".path li.done").first().waitFor();
    await v.fine("start");
    await v.page.locator(".path li form button").nth(1).click();
    await v.page.waitForURL(/\/cases\/new/);
    await v.go("/");
    await send(v.page, "again");
    await v.page.waitForURL((url) => url.pathname === "/", { timeout: 120000 });
    await v.page.locator(".path li.now").waitFor();
    assert.equal(await v.page.locator(".path li.done").count(), 0, "nothing of what was done is left");
    await v.end();
  },
};

Object.assign(JOURNEYS, office({ visitor, send, told, round: ROUND, mishaps }));

let failed = 0;
let passed = 0;
const only = process.argv[2];
for (const [name, journey] of Object.entries(JOURNEYS)) {
  if (only && !name.includes(only)) continue;
  try {
    await journey();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAILED  ${name}\n${fault.stack ?? fault}`);
    if (process.env.STOP) break;
  }
}
await browser.close();
served.end();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
