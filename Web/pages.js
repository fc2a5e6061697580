// Draws the pictures, opens the evidence behind a number, filters the claims. The page reads without it.

const root = document.documentElement;
root.classList.add("js");

const parsed = (id) => JSON.parse(document.getElementById(id).textContent);

// On a phone the bar of links is wider than the screen: the page's own link comes into view.

const here = document.querySelector(".masthead [aria-current]");
if (here) here.closest("nav").scrollLeft = here.offsetLeft - here.closest("nav").offsetLeft - 16;

// Pictures: those in view first, the rest when the page is idle, all before it is printed.

const style = parsed("chart-style");
const drawn = new Map();

function draw(plot) {
  if (!drawn.has(plot)) {
    const options = {
      ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, config: style,
    };
    const done = globalThis.vegaEmbed(plot, parsed(plot.dataset.spec), options).then(
      // The place of the plot is the picture and says what it shows; its marks say nothing by themselves.
      () => plot.firstElementChild?.setAttribute("aria-hidden", "true"),
      (error) => {
        plot.classList.add("failed");
        plot.textContent = "This picture could not be drawn; its data stand below.";
        console.error(plot.dataset.spec, error);
      },
    );
    drawn.set(plot, done);
  }
  return drawn.get(plot);
}

let plots = [];
const inView = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
  { rootMargin: "400px" },
);
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));

function drawNext(place) {
  if (place >= plots.length) {
    root.dataset.drawn = "all";
    return;
  }
  whenIdle(() => draw(plots[place]).then(() => drawNext(place + 1)));
}

/// Finds the pictures that stand in the page now.
function findPlots() {
  plots = [...document.querySelectorAll(".plot")];
  plots.forEach((plot) => inView.observe(plot));
  drawNext(0);
}
findPlots();
document.addEventListener("content", findPlots);
addEventListener("beforeprint", () => {
  plots.forEach(draw);
  // On paper nothing can be unfolded.
  document.querySelectorAll(".group").forEach((part) => (part.open = true));
});

// Light and dark: the reader's choice over the system's, kept where the browser lets us keep it.

const theme = document.getElementById("theme");
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);

function kept(value) {
  try {
    if (value) localStorage.setItem("theme", value);
    return localStorage.getItem("theme");
  } catch {
    return value ?? null; // A page opened from a file may have no storage.
  }
}

function showTheme() {
  theme.textContent = isDark() ? "Light" : "Dark";
  theme.setAttribute("aria-pressed", String(Boolean(root.dataset.theme)));
  theme.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} colours`);
}
theme.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  kept(root.dataset.theme);
  showTheme();
});
systemIsDark.addEventListener("change", showTheme);
if (kept() === "light" || kept() === "dark") root.dataset.theme = kept();
showTheme();

// What a reader leaves empty stays out of the address of a form.

document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches(".filters[action]")) return;
  [...formData].forEach(([name, value]) => value === "" && formData.delete(name));
});

// The evidence behind a number, in a dialog made of what stands in this page or in the one linked.

const dialog = document.getElementById("evidence-dialog");

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/// A copy without ids, so that the page keeps one of each.
function copied(node) {
  const copy = node.cloneNode(true);
  [copy, ...copy.querySelectorAll("[id]")].forEach((part) => part.removeAttribute("id"));
  return copy;
}

function content(target) {
  const body = target.matches("details") ? target.querySelector(".trace-body") : target;
  const box = element("div");
  box.append(...(body.matches("li, .trace-body") ? copied(body).childNodes : [copied(body)]));
  return box;
}

function open(heading, parts, address) {
  const bar = element("p", "", { class: "bar" });
  const go = element("a", "Show it in the page", { href: address });
  go.addEventListener("click", () => dialog.close());
  const close = element("button", "Close", { type: "button" });
  close.addEventListener("click", () => dialog.close());
  bar.append(go, close);
  dialog.replaceChildren(element("h2", heading, { id: "evidence-dialog-title" }), ...parts, bar);
  if (!dialog.open) dialog.showModal();
  close.focus();
  dialog.scrollTop = 0;
}

function headingFor(target) {
  if (target.id.startsWith("claim-")) return "Claim";
  if (target.id.startsWith("source-")) return "Source";
  if (target.id.startsWith("variable-")) return "Series";
  return "What this rests on";
}

function revealed(id) {
  const target = document.getElementById(id);
  for (let node = target; node; node = node.parentElement) if (node.matches("details")) node.open = true;
  return target;
}

const pageOf = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

/// The element that a link leads to, from this page or from the one that the link names.
async function linked(anchor) {
  const place = new URL(anchor.href);
  const id = decodeURIComponent(place.hash.slice(1));
  const isHere = place.pathname === location.pathname && place.search === location.search;
  if (isHere) return document.getElementById(id);
  const response = await fetch(place);
  if (!response.ok) return null;
  const page = await pageOf(response);
  const target = page.getElementById(id);
  // Its links within its own page lead there from here too.
  target?.querySelectorAll('a[href^="#"]').forEach((link) => {
    link.setAttribute("href", place.pathname + place.search + link.getAttribute("href"));
  });
  return target;
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest('a.n[href*="#"], a.t[href*="#"]');
  if (anchor && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const follow = () => {
      dialog.close();
      location.assign(anchor.href);
    };
    linked(anchor).then((target) => {
      if (!target || target.matches("section, figure")) return follow();
      open(headingFor(target), [content(target)], anchor.href);
    }, follow);
    return;
  }
  if (dialog.open && event.target === dialog) dialog.close();
});
addEventListener("hashchange", () => revealed(decodeURIComponent(location.hash.slice(1))));
if (location.hash) revealed(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

// One value of a table: which state, which year, from which series or claims.

document.addEventListener("click", (event) => {
  const cell = event.target.closest("details[data-outcome] tbody td.num");
  if (!cell) return;
  const trace = document.getElementById(cell.closest("article").querySelector(".trace").id);
  const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex].textContent;
  const state = cell.parentElement.firstElementChild.textContent;
  open(`${state}, ${head}: ${cell.textContent}`, [content(trace)], `#${trace.id}`);
});

// The claims that pass the filters, where all claims stand in the page.

const filters = document.getElementById("filters");

function filterWhileTyping() {
  const claims = [...document.querySelectorAll("#claims .claim")];
  const groups = [...document.querySelectorAll("#claims > .group")];
  const texts = claims.map((claim) => claim.textContent.toLowerCase());
  const total = document.getElementById("claim-count");
  const filter = () => {
    const form = new FormData(filters);
    const words = form.get("words").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    claims.forEach((claim, place) => {
      const passes =
        ["actor", "channel", "source"].every((key) => !form.get(key) || claim.dataset[key] === form.get(key)) &&
        (!form.get("moves") || "moves" in claim.dataset) &&
        words.every((word) => texts[place].includes(word));
      claim.hidden = !passes;
      if (passes) shown += 1;
    });
    groups.forEach((group) => {
      group.hidden = !group.querySelector(".claim:not([hidden])");
      group.open = shown < claims.length && !group.hidden;
    });
    total.textContent = `${shown} of ${claims.length} claims`;
  };
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
}
if (filters) filterWhileTyping();

// What is being worked out comes into the page when it is there.

async function waitForContent() {
  const pending = document.querySelector(".pending");
  if (!pending) return;
  await new Promise((go) => setTimeout(go, 1000));
  const response = await fetch(location).catch(() => null); // A server that is away may come back.
  if (response?.ok) {
    const page = await pageOf(response);
    const next = page.querySelector(".pending");
    if (next) {
      pending.textContent = next.textContent;
    } else {
      document.getElementById("main").replaceChildren(...page.getElementById("main").children);
      document.dispatchEvent(new Event("content"));
    }
  }
  waitForContent();
}
waitForContent();

document.getElementById("save-json")?.addEventListener("click", () => {
  const blob = new Blob([document.getElementById("answer-json").textContent], { type: "application/json" });
  const save = element("a", "", { href: URL.createObjectURL(blob), download: "answer.json" });
  save.click();
  URL.revokeObjectURL(save.href);
});
