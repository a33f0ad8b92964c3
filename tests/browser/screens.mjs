// Pictures of the pages (`pages.mjs`) while a round is played (`played.mjs`), in both languages, 1440 and 390 wide, into
// `tests/browser/screens/` (not kept in git). ZHUCHAO_ADDRESS names a fresh demonstration that is served already; else one is
// started. WIDTHS=2560, LANGS=zh, SCHEME=dark and MEDIA=print take others; words are names of pages, the only ones that are
// taken. With --readme only the pictures of the README are taken, into data/pictures/: one window each, Chinese.

import { mkdirSync } from "node:fs";
import { demonstration, enter, faults, open, program } from "./browser.mjs";
import { PARTS } from "./pages.mjs";
import { Play } from "./played.mjs";

/** Milliseconds that a page may take: some solve before they answer. */
const ANSWER_MS = 180000;

/** Pictures of the README: name, path, what is waited for, height. */
const README = [
  ["page-zh", "/results", "#map .leaflet-interactive", 1500],
  ["application-zh", "/application/AP006", "svg.bar", 1100],
  ["start-zh", "/", ".path li.now", 900],
  ["vacancies-zh", "/vacancies", "#sites[data-ready]", 900],
  ["statistics-zh", "/statistics", "svg.ground", 900],
];

const env = process.env;
const words = (text, usual) => (text ?? usual).split(",");
const readme = process.argv.includes("--readme");
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const folder = env.SCREENS ?? new URL("screens", import.meta.url).pathname;

async function pictures(served, browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  for (const [name, path, wait, height] of README) {
    await page.setViewportSize({ width: 1440, height });
    await page.goto(served.address + path);
    await page.locator(wait).first().waitFor();
    await page.waitForTimeout(400);
    await page.screenshot({ path: new URL(`../../data/pictures/${name}.png`, import.meta.url).pathname });
  }
}

/** Goes to a page; `>` behind its path opens the first row of its table. */
async function visit(page, address, path, lang) {
  const [plain, row] = path.endsWith(">") ? [path.slice(0, -1), true] : [path, false];
  const query = lang === "en" ? `${plain.includes("?") ? "&" : "?"}lang=en` : "";
  await page.goto(address + plain + query, { timeout: ANSWER_MS });
  const first = page.locator("tbody th a").first();
  if (row && (await first.count()) > 0) {
    await first.click();
    await page.waitForLoadState("load");
  }
  await page.waitForTimeout(350);
}

/** What is wrong with a page as it stands: wider than its window, cut off, or serious to axe-core. */
async function wrong(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const found = wide > 1 ? [`${wide} px wider than the window`] : [];
  return [...found, ...(await faults(page))];
}

/** Pictures of some pages in one language and width; gives how much is wrong with them. */
async function taken({ browser, address, of, pages, lang, width }) {
  const context = await browser.newContext({
    viewport: { width, height: width > 600 ? 900 : 844 },
    colorScheme: env.SCHEME ?? "light",
    locale: lang === "zh" ? "zh-CN" : "en-GB",
  });
  const page = await context.newPage();
  const filled = (text) => text.replace(/\{(\w+)\}/g, (_, key) => of[key] ?? key);
  let [as, bad] = ["", 0];
  for (const [name, who, path] of pages) {
    const account = filled(who);
    if (account !== as) {
      await context.clearCookies();
      if (account) await enter(page, address, account);
      as = account;
    }
    await visit(page, address, filled(path), lang);
    if (env.MEDIA) await page.emulateMedia({ media: env.MEDIA });
    await page.screenshot({ path: `${folder}/${name}-${lang}-${width}.png`, fullPage: true });
    for (const fault of env.MEDIA ? [] : await wrong(page)) {
      console.log(`${name} ${lang} ${width}: ${fault}`);
      bad += 1;
    }
    await page.emulateMedia({ media: null });
  }
  await context.close();
  return bad;
}

const served = env.ZHUCHAO_ADDRESS ? { address: env.ZHUCHAO_ADDRESS, end: () => {} } : await demonstration(program());
mkdirSync(folder, { recursive: true });
const browser = await open();
const play = new Play(served.address, browser);
let [bad, count] = [0, 0];
try {
  if (readme) await pictures(served, browser);
  for (const [part, all] of readme ? [] : PARTS) {
    if (part) await play[part]();
    const pages = all.filter(([name]) => only.length === 0 || only.includes(name));
    count += pages.length;
    for (const lang of words(env.LANGS, "zh,en")) {
      for (const width of words(env.WIDTHS, "1440,390").map(Number)) {
        if (pages.length > 0) bad += await taken({ browser, address: served.address, of: play.of, pages, lang, width });
      }
    }
  }
} finally {
  await play.end();
  await browser.close();
  served.end();
}
if (!readme) console.log(bad === 0 ? `${count} pages, nothing serious` : `${bad} findings`);
process.exit(bad === 0 ? 0 : 1);
