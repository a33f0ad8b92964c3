// A browser and a demonstration to look at: starts `zhuchao demo` in a folder of its own, opens Debian's
// Chromium, enters as a role, and examines pages with axe-core.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Where Chromium is; the environment may name another. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Milliseconds until the demonstration must be served: it solves a round first. */
const START_MS = 180000;

/** Starts the demonstration; gives its address, its folder and how to end it. */
export async function demonstration(binary) {
  const home = mkdtempSync(join(tmpdir(), "zhuchao-browser-"));
  // What is said while it runs, the address with it, goes to the error stream.
  const child = spawn(binary, ["demo", "--home", home, "--seconds", "5", "--listen", "127.0.0.1:0"], {
    env: { ...process.env, ZHUCHAO_LIMITS_SIGN_IN: "0", ZHUCHAO_LIMITS_ACT: "0", ZHUCHAO_LIMITS_READ: "0", ZHUCHAO_LIMITS_FILE: "0" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error(`nothing is served after ${START_MS} ms:\n${text}`)), START_MS);
    child.stderr.on("data", (part) => {
      text = (text + part).slice(-20000);
      const found = /serving (http:\/\/[^/\s]+)/.exec(text);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    });
    child.on("exit", (code) => reject(new Error(`the demonstration ended with ${code}:\n${text}`)));
  }).catch((fault) => {
    child.kill("SIGKILL");
    throw fault;
  });
  const end = () => {
    child.kill("SIGINT");
    rmSync(home, { recursive: true, force: true });
  };
  return { address, home, end };
}

/** The program to look at. */
export function program() {
  const named = process.env.ZHUCHAO ?? "target/debug/zhuchao";
  if (!existsSync(named)) throw new Error(`${named} is not there: build it, or name it with ZHUCHAO=`);
  return named;
}

/** Opens the browser. */
export function open() {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Enters as an account of the demonstration, by the button of the start page. */
export async function enter(page, address, login, lang = "") {
  await page.goto(`${address}/${lang}`);
  await page.locator(`#roles form:has(input[value="${login}"]) button`).click();
  await page.waitForURL(/\/desk/);
}

/** What axe-core finds of serious weight; each with the places where it stands. */
export async function faults(page) {
  // The policy of the pages lets no script in but their own; the protocol of the browser may.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  return found.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 4).map((n) => `${n.target} ${n.failureSummary?.split("\n")[1] ?? ""}`).join("\n    ")}`);
}

/** The public holidays of a year as the calendar takes them, as many as a notice has at the least; synthetic. */
export function notice(year) {
  const days = ["01-01", "02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "04-05", "05-01", "06-09", "10-01"];
  return days.map((day) => ({ date: `${year}-${day}`, kind: "holiday", source: "demonstration" }));
}
