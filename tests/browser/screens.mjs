// Pictures of the pages in both languages, 1440 and 390 wide, into `tests/browser/screens/` (not kept in git).
// ZHUCHAO_ADDRESS names a demonstration that is served already; else one is started. With --readme only the pictures of the
// README are taken, into data/pictures/: one window each, Chinese.

import { mkdirSync } from "node:fs";
import { demonstration, enter, faults, open, program } from "./browser.mjs";

/** Name, account (none = public), path; `>` behind a path opens the first row of its table. */
const PAGES = [
  ["start", "", "/"],
  ["vacancies", "", "/vacancies"],
  ["site", "", "/vacancies/site/S001"],
  ["notices", "", "/notices"],
  ["notice", "", "/notices/R2026-1"],
  ["results", "", "/results"],
  ["precheck", "", "/precheck"],
  ["statistics", "", "/statistics"],
  ["sign-in", "", "/sign-in"],
  ["register", "", "/register"],
  ["refused", "", "/rounds"],
  ["absent", "", "/nowhere"],
  ["firm-desk", "demo-firm1-preparer", "/desk"],
  ["firm-profile", "demo-firm1-preparer", "/profile"],
  ["firm-cases", "demo-firm1-preparer", "/cases"],
  ["firm-new", "demo-firm1-preparer", "/cases/new"],
  ["firm-case", "demo-firm1-preparer", "/cases>"],
  ["firm-offers", "demo-firm1-approver", "/offers"],
  ["firm-offer", "demo-firm1-approver", "/offers>"],
  ["firm-contract", "demo-firm1-approver", "/contracts>"],
  ["district-review", "demo-reviewer-440307", "/review"],
  ["district-case", "demo-reviewer-440307", "/cases>"],
  ["account", "demo-planner", "/account"],
  ["bureau-desk", "demo-planner", "/desk"],
  ["bureau-rounds", "demo-planner", "/rounds"],
  ["bureau-round", "demo-planner", "/rounds/R2026-1"],
  ["bureau-guide", "demo-planner", "/rounds/R2026-1/guide"],
  ["bureau-tasks", "demo-planner", "/tasks"],
  ["bureau-task", "demo-planner", "/tasks>"],
  ["bureau-scenario", "demo-planner", "/scenarios/new"],
  ["bureau-scenario-one", "demo-planner", "/scenarios>"],
  ["bureau-objection", "demo-planner", "/objections>"],
  ["bureau-quotas", "demo-planner", "/quotas"],
  ["bureau-quota", "demo-planner", "/quotas>"],
  ["bureau-claims", "demo-planner", "/claims"],
  ["district-quota", "demo-reviewer-440307", "/quotas>"],
  ["district-quota-change", "demo-reviewer-440307", "/quotas/440307/2026/propose"],
  ["district-settle", "demo-reviewer-440307", "/quotas/440307/2026/settle"],
  ["district-settlements", "demo-reviewer-440307", "/settlements"],
  ["district-batches", "demo-reviewer-440307", "/payment-batches"],
  ["district-claw-backs", "demo-reviewer-440307", "/claw-backs"],
  ["district-statements", "demo-reviewer-440307", "/statements"],
  ["district-draws", "demo-reviewer-440307", "/draws"],
  ["district-draw-announce", "demo-reviewer-440307", "/draws/announce"],
  ["district-visits", "demo-reviewer-440307", "/visits"],
  ["district-findings", "demo-reviewer-440307", "/findings"],
  ["district-sanctions", "demo-reviewer-440307", "/sanctions"],
  ["bureau-board", "demo-planner", "/rounds/R2026-1>"],
  ["bureau-policies", "demo-planner", "/policies"],
  ["bureau-policy", "demo-planner", "/policies>"],
  ["admin-retention", "demo-system", "/retention"],
  ["audit-journal", "demo-audit", "/journal"],
  ["audit-entry", "demo-audit", "/journal>"],
  ["notice-print", "", "/notices/R2026-1/print"],
  ["manual", "", "/manual"],
  ["chapter", "", "/manual/cases"],
  ["firm-messages", "demo-firm1-approver", "/messages"],
  ["bureau-tables", "demo-planner", "/tables"],
  ["bureau-table", "demo-planner", "/tables/sites"],
  ["bureau-templates", "demo-planner", "/notice-templates"],
  ["bureau-money", "demo-planner", "PLAN/money?ask=front"],
  ["bureau-conflict", "demo-planner", "PLAN/conflict"],
  ["bureau-frontier", "demo-planner", "PLAN/frontier"],
  ["bureau-fairness", "demo-planner", "PLAN/fairness?ask=modes&seconds=3"],
  ["bureau-freed", "demo-planner", "PLAN/freed"],
  ["admin-accounts", "demo-system", "/accounts"],
];

/** Pictures of the README: name, account, path, what is waited for. */
const README = [
  ["start-zh", "", "/", ".path li.now"],
  ["vacancies-zh", "", "/vacancies", "#sites[data-ready]"],
  ["statistics-zh", "", "/statistics", "svg.ground"],
];

/** The address of the plan that is in force. */
async function planOf(page, address) {
  await page.goto(`${address}/rounds/R2026-1`);
  const board = await page.locator("#plans tbody th a").first().getAttribute("href");
  return new URL(board, address).pathname.replace(/\/board$/, "");
}

async function pictures(served, browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  for (const [name, account, path, wait] of README) {
    if (account) await enter(page, served.address, account);
    await page.goto(served.address + path);
    await page.locator(wait).first().waitFor();
    await page.waitForTimeout(400);
    await page.screenshot({ path: new URL(`../../data/pictures/${name}.png`, import.meta.url).pathname });
  }
}

const readme = process.argv.includes("--readme");
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const wanted = PAGES.filter(([name]) => only.length === 0 || only.includes(name));
const served = process.env.ZHUCHAO_ADDRESS ? { address: process.env.ZHUCHAO_ADDRESS, end: () => {} } : await demonstration(program());
const folder = process.env.SCREENS ?? new URL("screens", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const browser = await open();
let bad = 0;
try {
  if (readme) await pictures(served, browser);
  for (const [lang, query] of readme ? [] : [["zh", ""], ["en", "lang=en"]]) {
    for (const width of [1440, 390]) {
      const context = await browser.newContext({ viewport: { width, height: width > 600 ? 900 : 844 }, colorScheme: process.env.SCHEME ?? "light" });
      const page = await context.newPage();
      let as = "";
      for (const [name, account, path] of wanted) {
        if (account !== as) {
          await context.clearCookies();
          if (account) await enter(page, served.address, account);
          as = account;
        }
        const plan = path.startsWith("PLAN") ? await planOf(page, served.address) : "";
        const [plain, row] = path.endsWith(">") ? [path.slice(0, -1), true] : [path.replace("PLAN", plan), false];
        await page.goto(served.address + plain + (query ? `${plain.includes("?") ? "&" : "?"}${query}` : ""));
        const first = page.locator("tbody th a").first();
        if (row && (await first.count()) > 0) await first.click();
        await page.waitForTimeout(350);
        await page.screenshot({ path: `${folder}/${name}-${lang}-${width}.png`, fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 1) {
          console.log(`${name} ${lang} ${width}: ${wide} px wider than the window`);
          bad += 1;
        }
        for (const fault of await faults(page)) {
          console.log(`${name} ${lang} ${width}: ${fault}`);
          bad += 1;
        }
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  served.end();
}
if (!readme) console.log(bad === 0 ? `${wanted.length} pages in both languages and widths, nothing serious` : `${bad} findings`);
process.exit(bad === 0 ? 0 : 1);
