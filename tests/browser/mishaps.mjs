// What goes wrong while people work: a slow or broken line, a lost session, a second press, the back button, two
// tabs, a form that is older than what is stored. Each is tried on a form that is about to be sent; in the end the act
// is done once, and nothing that was typed is lost.

import assert from "node:assert/strict";

/** The form of a page by its name. */
const of = (page, form) => page.locator(`form:has(input[name="of"][value="${form}"])`);

/** Counts what is sent to a path. */
function counted(page, path) {
  const sent = [];
  page.on("request", (one) => {
    if (one.method() === "POST" && new URL(one.url()).pathname === path) sent.push(one);
  });
  return sent;
}

async function press(page, form, button) {
  const scope = of(page, form);
  const one = button ? scope.locator(`button:has-text("${button}")`) : scope.locator("button[type=submit]").first();
  await one.click();
}

/**
 * @param v the visitor, entered as `login`
 * @param what.path where the form is
 * @param what.form its name
 * @param what.fill fills it in
 * @param what.kept what must stand in it still: selector, value
 * @param what.button the words of its button, where it has several
 * @param what.at the way to an address
 */
export async function mishaps(v, { login, path, form, fill, kept, button, at }) {
  const page = v.page;
  const [field, value] = kept ?? [];
  const stands = async (when) => {
    if (!field) return;
    assert.equal(await page.inputValue(field), value, `${path}: what was typed is lost ${when}`);
  };
  await page.goto(at(path));
  await fill(page);

  // The session ends while somebody types.
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await Promise.all([page.waitForNavigation(), press(page, form, button)]);
  assert.match(await page.locator("h1").innerText(), /401/, `${path}: a lost session is told`);
  await page.context().addCookies(cookies);
  await page.goto(at(path));
  await stands("with the session");
  if (field) assert.equal(await of(page, form).locator(".restored").count(), 1, `${path}: it is said that it stands again`);

  // The line breaks as it is sent.
  await page.context().setOffline(true);
  await press(page, form, button).catch(() => {});
  await page.waitForTimeout(400);
  await page.context().setOffline(false);
  await page.goto(at(path));
  await stands("with the line");

  // The line is slow, and the button is pressed again and again.
  const action = new URL(await of(page, form).getAttribute("action"), page.url()).pathname;
  const sent = counted(page, action);
  await page.route((url) => url.pathname === action, async (route) => {
    if (route.request().method() === "POST") await new Promise((go) => setTimeout(go, 1500));
    await route.continue();
  });
  // While it is under way the page cannot be asked: it writes down itself that its buttons rest.
  await page.evaluate((name) => {
    sessionStorage.removeItem("rested");
    setInterval(() => {
      const sent = document.querySelector(`form:has(input[name="of"][value="${name}"])`);
      if (sent && [...sent.querySelectorAll("button")].every((one) => one.disabled)) sessionStorage.setItem("rested", "yes");
    }, 20);
  }, form);
  const scope = of(page, form);
  const one = button ? scope.locator(`button:has-text("${button}")`) : scope.locator("button[type=submit]").first();
  await Promise.all([page.waitForNavigation({ timeout: 30000 }), one.dblclick({ noWaitAfter: true })]);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("rested")), "yes", `${path}: the buttons rest while it is sent`);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  assert.equal(sent.length, 1, `${path}: pressed twice, sent ${sent.length} times`);
  const toast = page.locator(".toast");
  if ((await toast.count()) === 0) assert.fail(`${path}: ${(await page.locator("main").innerText()).slice(0, 600)}`);
  assert.doesNotMatch(page.url(), /done=/, "the address that stays is that of the page");
  const after = page.url();

  // Back, and sent once more: said plainly, or done once as before.
  await page.goBack({ waitUntil: "load" });
  if ((await of(page, form).count()) > 0) {
    if (field && (await page.locator(field).count()) > 0) await fill(page);
    await Promise.all([page.waitForNavigation(), press(page, form, button)]);
    const said = (await page.locator(".toast").count()) + (await page.locator(".summary").count()) + (await page.locator(".lone").count());
    assert.ok(said > 0, `${path}: sent from the page before, nothing is said`);
  }
  await page.goto(after);
}

/** Two tabs with the same form: the first is done, the second is told why it is not. */
export async function twoTabs(v, { path, form, fill, button, at }) {
  const other = await v.page.context().newPage();
  await v.page.goto(at(path));
  await other.goto(at(path));
  await fill(v.page);
  await fill(other);
  await Promise.all([other.waitForNavigation(), press(other, form, button)]);
  assert.equal(await other.locator(".toast").count(), 1, `${path}: ${(await other.locator("main").innerText()).slice(0, 400)}`);
  await Promise.all([v.page.waitForNavigation(), press(v.page, form, button)]);
  const said = await v.page.locator(".summary, .lone").innerText();
  assert.match(said, /AC0(14|15|16)/, `${path}: the second tab is told: ${said}`);
  await other.close();
}
