// Journeys of officers beside the round: the allocation board, quotas between two officers, a draw that is announced.

import assert from "node:assert/strict";

/** The journeys, over the tools of `journeys.mjs`. */
export function office({ visitor, send, told, round, mishaps }) {
  return {
    "the planner puts a waiting firm on a unit, by dragging and by the keyboard (zh)": async () => {
      const v = await visitor();
      await v.enter("demo-planner");
      await v.go(`/rounds/${round}`);
      await v.page.locator('a[href*="/board"]').first().click();
      await v.page.waitForSelector(".stackplan");
      await v.fine("board");
      const chip = v.page.locator("[data-application]").first();
      const key = await chip.getAttribute("data-application");
      await chip.dragTo(v.page.locator("[data-unit] rect").first());
      await v.page.waitForURL(/application=.*unit=|unit=.*application=/, { timeout: 60000 });
      await v.page.waitForSelector("#answer", { timeout: 60000 });
      assert.equal(await v.page.inputValue("#filter-application"), key, "the same form was sent");
      await v.fine("tried");
      await v.page.locator("[data-unit] a").nth(1).focus();
      await v.page.keyboard.press("Enter");
      await v.page.waitForSelector("#answer", { timeout: 60000 });
      await v.page.locator(".tray .why").first().click();
      await v.page.waitForSelector("#why p");
      await v.page.selectOption("#filter-ask", "place");
      await v.page.locator("form.filter button").click();
      await v.page.waitForSelector("#answer", { timeout: 60000 });
      await v.fine("why");
      await v.end();
    },
    "a quota is changed by two officers, and a stale release is refused (en)": async () => {
      const reviewer = await visitor({ lang: "en" });
      await reviewer.enter("demo-reviewer-440305");
      await reviewer.go("/quotas");
      await reviewer.page.locator("tbody th a").first().click();
      await reviewer.fine("quota");
      await reviewer.page.locator('.head a:has-text("Change the quota")').click();
      const before = Number(await reviewer.page.inputValue("#act-amount"));
      await reviewer.page.fill("#act-amount", String(before + 1000));
      await reviewer.page.fill("#act-basis", "Budget 2026-9");
      await reviewer.fine("change");
      await send(reviewer.page, "act");
      assert.equal(await told(reviewer.page), "The proposal waits for release.");
      const path = new URL(reviewer.page.url()).pathname;
      const one = await visitor({ lang: "en" });
      await one.enter("demo-approver-440305");
      await one.go(path);
      const href = await one.page.locator('a[href*="/release"]').getAttribute("href");
      await one.page.goto(new URL(href, one.page.url()).href);
      await one.fine("release");
      const other = await one.page.context().newPage();
      await other.goto(one.page.url());
      await send(other, "act");
      assert.equal(await told(other), "The quota is released.");
      await send(one.page, "act");
      assert.match(await one.page.locator(".summary").innerText(), /AC01[45]/, "it was decided meanwhile");
      await one.go("/quotas");
      await one.fine("quotas");
      await one.end();
      await reviewer.end();
    },
    "the quota form survives what goes wrong (zh)": async () => {
      const v = await visitor();
      await v.enter("demo-reviewer-440307");
      await v.go("/quotas");
      await v.page.locator("tbody th a").first().click();
      await v.page.locator("#filter-more").evaluate((range) => {
        range.value = "200000";
        range.dispatchEvent(new Event("input", { bubbles: true }));
        range.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await v.page.waitForURL(/more=200000/);
      assert.match(await v.page.locator("output").innerText(), /200,000/);
      await v.page.waitForSelector('#steps a.primary');
      await v.fine("what if");
      const href = await v.page.locator("#steps a.primary").getAttribute("href");
      const origin = v.page.url();
      const fill = async (page) => page.fill("#act-basis", "预算〔2026〕12号");
      await mishaps(v, { path: href, form: "act", fill, kept: ["#act-basis", "预算〔2026〕12号"], at: (path) => new URL(path, origin).href });
      await v.end();
    },
    "a draw of spot checks is announced and anybody sees it (zh)": async () => {
      const v = await visitor();
      await v.enter("demo-reviewer-440307");
      await v.go("/draws/announce");
      await v.page.fill("#act-title", "第四季度抽查");
      await v.page.fill("#act-known_from", "2030-01-10");
      await v.page.fill("#act-method", "当日排列五开奖号码");
      await v.fine("announce");
      await send(v.page, "act");
      await told(v.page);
      await v.fine("draw");
      const path = new URL(v.page.url()).pathname;
      const public_ = await visitor({ lang: "en" });
      await public_.go(path);
      assert.equal(await public_.page.locator(".head .state").innerText(), "announced");
      await public_.fine("public draw");
      for (const list of ["/statements", "/visits", "/findings", "/sanctions", "/settlements", "/payment-batches", "/claw-backs"]) {
        await v.go(list);
        await v.fine(list);
      }
      await public_.end();
      await v.end();
    },
  };
}
