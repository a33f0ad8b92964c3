// What the main pages weigh as they are sent: the page, scripts, styles, pictures and the map's answers, compressed.
// Prints a table for the README; fails above the limit. ZHUCHAO_ADDRESS names a demonstration that is served already.

import { demonstration, enter, open, program } from "./browser.mjs";

const KB = 1024;
/** Of a page with all that it loads, and of one answer of the map. */
const MOST = { page: 250 * KB, map: 300 * KB };

const PAGES = [
  ["start", "", "/"],
  ["vacancies", "", "/vacancies"],
  ["site", "", "/vacancies/site/S001"],
  ["results", "", "/results"],
  ["statistics", "", "/statistics"],
  ["sign-in", "", "/sign-in"],
  ["firm: wizard", "demo-firm1-preparer", "/cases/new"],
  ["firm: applications", "demo-firm1-preparer", "/cases"],
  ["district: review", "demo-reviewer-440307", "/review"],
  ["district: quotas", "demo-reviewer-440307", "/quotas"],
  ["bureau: round", "demo-planner", "/rounds/R2026-1"],
  ["bureau: board", "demo-planner", "/rounds/R2026-1 .board"],
  ["bureau: table", "demo-planner", "/tables/sites"],
  ["audit: journal", "demo-audit", "/journal"],
];

const served = process.env.ZHUCHAO_ADDRESS ? { address: process.env.ZHUCHAO_ADDRESS, end: () => {} } : await demonstration(program());
const browser = await open();
let heavy = 0;
try {
  console.log("| page | sent | requests | largest answer of the map |\n|---|---|---|---|");
  let as = "";
  let context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  let cookies = [];
  for (const [name, login, path] of PAGES) {
    if (login !== as) {
      await context.clearCookies();
      if (login) await enter(await context.newPage(), served.address, login);
      cookies = await context.cookies();
      as = login;
    }
    // A browser of its own, so that nothing is there already.
    const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await fresh.addCookies(cookies);
    const page = await fresh.newPage();
    const watch = await fresh.newCDPSession(page);
    await watch.send("Network.enable");
    const asked = new Map();
    let [bytes, count, map] = [0, 0, 0];
    watch.on("Network.responseReceived", (e) => asked.set(e.requestId, e.response.url));
    watch.on("Network.loadingFinished", (e) => {
      bytes += e.encodedDataLength;
      count += 1;
      if (/\/(map|ground|places)(\?|$)/.test(asked.get(e.requestId) ?? "")) map = Math.max(map, e.encodedDataLength);
    });
    const [plain, board] = path.split(" ");
    await page.goto(served.address + plain);
    if (board) {
      const href = await page.locator('a[href*="/board"]').first().getAttribute("href");
      [bytes, count, map] = [0, 0, 0];
      await watch.send("Network.clearBrowserCache");
      await page.goto(served.address + href);
    }
    await page.waitForLoadState("networkidle");
    console.log(`| ${name} | ${Math.round(bytes / KB)} KB | ${count} | ${map ? `${Math.round(map / KB)} KB` : "" } |`);
    if (bytes > MOST.page || map > MOST.map) heavy += 1;
    await fresh.close();
  }
} finally {
  await browser.close();
  served.end();
}
if (heavy) console.log(`${heavy} pages are too heavy`);
process.exit(heavy ? 1 : 0);
