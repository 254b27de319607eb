// Redress in the browser. Every page works without this file; it saves keys, seconds and surprises.
// Pages speak to it through data attributes, listed in /styleguide/. It never sends anything to Twilio.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isSeen = (element) => element.getClientRects().length > 0;

  /* ---- words: the same as reviews/words.py says them ---------------------------------------- */

  const MINUTE = 60, HOUR = 3600, DAY = 86400, MONTH = 30 * DAY, YEAR = 365 * DAY;
  const whole = Math.floor;

  function clockText(seconds) {
    if (seconds <= 0) return "window over";
    if (seconds < MINUTE) return "under 1 min";
    if (seconds < HOUR) return `${whole(seconds / MINUTE)} min`;
    if (seconds < DAY) return `${whole(seconds / HOUR)} h ${whole((seconds % HOUR) / MINUTE)} m`;
    return `${whole(seconds / DAY)} d ${whole((seconds % DAY) / HOUR)} h`;
  }

  function clockLevel(seconds) {
    if (seconds <= 0) return "is-over";
    if (seconds < DAY) return "is-urgent";
    return seconds < 3 * DAY ? "is-soon" : "is-fine";
  }

  function ageText(seconds, suffix) {
    if (seconds < MINUTE) return suffix ? "just now" : "now";
    let text;
    if (seconds < HOUR) text = `${whole(seconds / MINUTE)} min`;
    else if (seconds < DAY) text = `${whole(seconds / HOUR)} h`;
    else if (seconds < 90 * DAY) text = `${whole(seconds / DAY)} d`;
    else if (seconds < 2 * YEAR) text = `${whole(seconds / MONTH)} mo`;
    else text = `${whole(seconds / YEAR)} y`;
    return suffix ? `${text} ${suffix}` : text;
  }

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick() {
    const now = Date.now();
    for (const time of all("time[data-deadline]")) {
      const left = whole((Date.parse(time.dateTime) - now) / 1000);
      write(time, clockText(left));
      const clock = time.closest(".clock");
      if (!clock) continue;
      clock.classList.remove("is-urgent", "is-soon", "is-fine", "is-over");
      clock.classList.add(clockLevel(left));
    }
    for (const time of all("time[data-age]")) {
      write(time, ageText(Math.max(whole((now - Date.parse(time.dateTime)) / 1000), 0), time.dataset.age));
    }
  }

  /* ---- counters: characters as Twilio counts them, not UTF-16 halves ------------------------- */

  function countText(now, min, max) {
    const range = min ? `${min}–${max}` : max;
    if (max && now > max) return `${now} of ${range}, ${now - max} too many`;
    if (now && now < min) return `${now} of ${range}, ${min - now} to go`;
    return `${now} of ${range}`;
  }

  function count(control) {
    const counter = control.id && one(`[data-count="${CSS.escape(control.id)}"]`);
    if (!counter) return;
    const now = [...control.value].length;
    const min = Number(counter.dataset.min || 0), max = Number(counter.dataset.max || 0);
    write(counter, countText(now, min, max));
    counter.classList.toggle("is-long", Boolean(max) && now > max);
    counter.classList.toggle("is-short", now > 0 && now < min);
  }

  /* ---- toasts and copying ------------------------------------------------------------------- */

  function toast(text) {
    const box = one("#toasts");
    if (!box) return;
    const note = document.createElement("div");
    note.className = "toast";
    note.textContent = text;
    box.append(note);
    setTimeout(() => note.remove(), 6000);
  }

  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      toast(done);
    } catch {
      // Without https there is no clipboard: show the whole text so that it can be copied by hand.
      toast(text);
    }
  }

  function copyFrom(button) {
    const source = button.dataset.copyFrom && one(button.dataset.copyFrom);
    const text = source ? (source.value ?? source.innerText) : button.dataset.copy || "";
    copy(text, `Copied ${text.length > 40 ? "" : text}`.trim());
    button.classList.add("is-done");
  }

  /* ---- theme -------------------------------------------------------------------------------- */

  const root = document.documentElement;

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function switchTheme(form) {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
  }

  /* ---- lists and flagged fields by key ------------------------------------------------------- */

  const rows = () => all("table.list tbody tr:not(.rowgroup)").filter((row) => one(".rowlink", row) && isSeen(row));

  function move(step) {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.classList.contains("is-current"));
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    for (const row of list) {
      row.classList.toggle("is-current", row === next);
      if (row === next) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    one(".rowlink", next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function openCurrent() {
    const row = one("table.list tr.is-current");
    if (row) one(".rowlink", row)?.click();
  }

  function moveFlagged(step) {
    const controls = all(".field.is-flagged :is(input, textarea, select), [aria-invalid='true']").filter(isSeen);
    if (!controls.length) return;
    const at = controls.indexOf(document.activeElement);
    const next = at < 0 && step < 0 ? controls.length - 1 : (at + step + controls.length) % controls.length;
    controls[next].focus();
    controls[next].scrollIntoView({ block: "center" });
  }

  // What a key presses: in the current row first, then on the page. Never what spends.
  function press(key) {
    const target = `[data-key="${CSS.escape(key)}"]:not([data-spends], :disabled, [aria-disabled="true"])`;
    const button = one(`tr.is-current ${target}`) || all(target).find((found) => isSeen(found) && !found.closest("tr"));
    if (!button) return false;
    if (button.matches("input, textarea")) button.focus();
    else button.click();
    return true;
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: openCurrent,
    n: () => moveFlagged(1),
    p: () => moveFlagged(-1),
    y: () => copy(one("link[rel=canonical]")?.href || location.href, "Link copied"),
    "?": () => openDialog("keys"),
  };

  let leader = 0;

  function onKey(event) {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const held = event.ctrlKey || event.metaKey;
    if (held && !event.altKey && (event.key.toLowerCase() === "s" || event.key === "Enter")) {
      if (press(`mod+${event.key.toLowerCase()}`)) event.preventDefault();
      return;
    }
    if (document.body.dataset.keys === "off" || held || event.altKey || event.isComposing) return;
    if (one("dialog[open]")) return;
    if (typing) {
      if (event.key === "Escape" && typing.type === "search") typing.blur();
      return;
    }
    if (singleKey(event)) event.preventDefault();
  }

  function singleKey(event) {
    const led = Date.now() - leader < 1200;
    leader = 0;
    if (led) {
      const link = one(`[data-go="${CSS.escape(event.key)}"]`);
      link?.click();
      return Boolean(link);
    }
    if (event.key === "g") {
      leader = Date.now();
      return true;
    }
    if (event.key === "Enter") {
      if (document.activeElement === document.body) openCurrent();
      return false; // whatever has the focus opens by itself
    }
    if (KEYS[event.key]) {
      KEYS[event.key]();
      return true;
    }
    return event.key.length === 1 && press(event.key);
  }

  function openDialog(id) {
    const dialog = document.getElementById(id);
    if (dialog?.showModal && !dialog.open) dialog.showModal();
    return Boolean(dialog?.showModal);
  }

  /* ---- samples: the server draws all of them, here the empty ones fold away ------------------ */

  const samplesOf = (group) => all("[data-sample]", group);
  const controlOf = (sample) => one("textarea, input", sample);

  function foldSamples(group) {
    const samples = samplesOf(group);
    const least = Number(group.dataset.samples || 1);
    const filled = samples.reduce((last, sample, place) => (controlOf(sample).value ? place + 1 : last), 0);
    const shown = Math.max(filled, least, Number(group.dataset.shown || 0));
    samples.forEach((sample, place) => {
      sample.hidden = place >= shown;
      const remove = one("[data-remove-sample]", sample);
      if (remove) remove.hidden = shown <= least;
    });
    const add = one("[data-add-sample]", group);
    if (add) add.hidden = shown >= samples.length;
    group.dataset.shown = shown;
  }

  function addSample(group) {
    group.dataset.shown = Number(group.dataset.shown) + 1;
    foldSamples(group);
    controlOf(samplesOf(group)[group.dataset.shown - 1]).focus();
  }

  function removeSample(group, sample) {
    const samples = samplesOf(group);
    for (let place = samples.indexOf(sample); place < samples.length; place += 1) {
      const following = samples[place + 1];
      setValue(controlOf(samples[place]), following ? controlOf(following).value : "");
    }
    group.dataset.shown = Math.max(Number(group.dataset.shown) - 1, Number(group.dataset.samples || 1));
    foldSamples(group);
    one("[data-add-sample]", group)?.focus();
  }

  // A folded sample that is jumped to, or written into, opens with those before it.
  function unfold(control) {
    const group = control.closest("[data-sample][hidden]") && control.closest("[data-samples]");
    if (!group) return;
    group.dataset.shown = samplesOf(group).findIndex((sample) => sample.contains(control)) + 1;
    foldSamples(group);
  }

  function setValue(control, value) {
    if (control.value === value) return;
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* ---- text nobody has saved ----------------------------------------------------------------- */

  const saved = new WeakMap();
  const asText = (form) => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const isUnsaved = (form) => saved.has(form) && saved.get(form) !== asText(form);

  function onSaved(event) {
    const form = event.detail.successful && event.detail.elt.closest("[data-saves]")?.closest("form[data-guard]");
    if (form) saved.set(form, asText(form));
  }

  function onLeave(event) {
    if (all("form[data-guard]").some(isUnsaved)) event.preventDefault();
  }

  /* ---- focus after a swap -------------------------------------------------------------------- */

  let focused = null;

  function beforeSwap() {
    const active = document.activeElement;
    focused = active && active !== document.body ? { id: active.id, name: active.name } : null;
  }

  function afterSettle(event) {
    const target = event.detail.elt;
    if (target instanceof Element) prepare(target);
    const refused = event.detail.xhr?.status === 422 && target && one("[data-focus], [aria-invalid='true']", target);
    if (refused) refused.focus();
    else if (focused && document.activeElement === document.body) refocus(target);
    focused = null;
  }

  function refocus(target) {
    const again = (focused.id && document.getElementById(focused.id)) ||
      (focused.name && one(`[name="${CSS.escape(focused.name)}"]`)) || target;
    if (!again?.isConnected) return;
    if (again === target && !again.hasAttribute("tabindex")) again.setAttribute("tabindex", "-1");
    again.focus({ preventScroll: true });
  }

  /* ---- wiring -------------------------------------------------------------------------------- */

  function prepare(part) {
    for (const control of all("textarea, input", part)) count(control);
    for (const group of all("[data-samples]", part)) foldSamples(group);
    for (const form of all("form[data-guard]", part)) {
      if (!saved.has(form)) saved.set(form, form.dataset.guard === "unsaved" ? "" : asText(form));
    }
    for (const note of all("[data-toast]", part)) setTimeout(() => note.remove(), 8000);
    tick();
  }

  const CLICKS = {
    "[data-copy], [data-copy-from]": copyFrom,
    "[data-dismiss]": (button) => button.closest("[data-toast], .notice")?.remove(),
    "[data-add-sample]": (button) => addSample(button.closest("[data-samples]")),
    "[data-remove-sample]": (button) => removeSample(button.closest("[data-samples]"), button.closest("[data-sample]")),
    "[data-insert]": (button) => insertText(button),
  };

  // Where the cursor stood when somebody last left a text.
  const carets = new WeakMap();

  function onFocusOut(event) {
    if (event.target.matches?.("textarea, input[type='url']")) carets.set(event.target, event.target.selectionEnd);
  }

  // A remedy's sentence goes to the cursor's place in the field it names, else to its end; the person still saves it.
  function insertText(button) {
    const control = document.getElementById(button.dataset.into);
    if (!control) return;
    const at = Math.min(carets.get(control) ?? control.value.length, control.value.length);
    const before = control.value.slice(0, at), after = control.value.slice(at);
    const text = (/\S$/.test(before) ? " " : "") + button.dataset.insert + (/^\S/.test(after) ? " " : "");
    unfold(control);
    control.focus();
    control.setRangeText(text, at, at, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function onClick(event) {
    const place = event.target.closest("a[href^='#']");
    const control = place && document.getElementById(place.hash.slice(1));
    if (control) unfold(control);
    for (const [selector, act] of Object.entries(CLICKS)) {
      const found = event.target.closest(selector);
      if (found) act(found);
    }
    const opener = event.target.closest("[data-open-dialog]");
    if (opener && openDialog(opener.dataset.openDialog)) event.preventDefault();
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target) || opener) menu.open = false;
  }

  function onSubmit(event) {
    const form = event.target;
    if (form.matches("[data-theme-form]")) {
      event.preventDefault();
      switchTheme(form);
    }
    if (form.matches("[data-guard]")) saved.set(form, asText(form));
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && one("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    one("summary", menu).focus();
  });
  document.addEventListener("click", onClick);
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", (event) => count(event.target));
  document.addEventListener("htmx:beforeSwap", beforeSwap);
  document.addEventListener("htmx:afterSettle", afterSettle);
  document.addEventListener("htmx:afterRequest", onSaved);
  document.addEventListener("htmx:sendError", () => toast("The desk did not answer. What you see may be old; try again."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    toast(status === 403 ? "You may not do this." : `The desk could not do this (${status}). Reload the page to see where it stands.`);
  });
  addEventListener("beforeunload", onLeave);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  setInterval(tick, 20000);
  prepare(document);

  window.redress = { clockText, clockLevel, ageText, countText };
})();
