// Works the answer out again while a judgement is being changed. Without it the form does so when it is sent.

const form = document.getElementById("controls");
const main = document.getElementById("main");
const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "cite";
form.append(status);

/// The form's fields that say something, as the query of an address.
function query() {
  const fields = [...new FormData(form)].filter(([name, value]) => {
    const own = form.elements[name]?.dataset?.own;
    return value !== "" && value !== own;
  });
  return new URLSearchParams(fields.map(([name, value]) => [name, value.trim()])).toString();
}

const textOf = (node) => node.textContent.replace(/\s+/g, " ").trim();

/// The parts of a page that stand for something of their own: what changed is marked in them.
function parts(root) {
  return [...root.querySelectorAll(".verdict, .lede, .finding, .reasons li, .facts > div, tbody tr")];
}

/// Puts the other page's content in place of this one's; the form stays, and with it the reader's hand.
function show(page) {
  const before = new Set(parts(main).map(textOf));
  const controls = form.closest("details");
  const fresh = [...page.getElementById("main").children].filter((child) => !child.matches(".controls"));
  [...main.children].filter((child) => child !== controls).forEach((child) => child.remove());
  controls.after(...fresh.map((child) => document.adoptNode(child)));
  parts(main).filter((part) => !before.has(textOf(part))).forEach((part) => part.classList.add("changed"));
  const links = page.querySelectorAll(".masthead a");
  document.querySelectorAll(".masthead a").forEach((link, place) => {
    link.setAttribute("href", links[place].getAttribute("href"));
  });
  document.dispatchEvent(new Event("content"));
}

let asked = null;

async function follow() {
  const address = location.pathname + (query() ? `?${query()}` : "");
  asked?.abort();
  asked = new AbortController();
  try {
    const response = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok) {
      show(page);
      history.replaceState(null, "", address);
      status.textContent = query() ? "Worked out under these judgements." : "The study’s own judgements.";
    } else {
      status.textContent = textOf(page.querySelector("#main .misunderstood li, #main .lede"));
    }
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = "The server did not answer; is it still running?";
  }
}

form.addEventListener("input", (event) => {
  const output = event.target.parentElement.querySelector("output");
  if (output) output.textContent = event.target.value;
  if (event.target.type !== "text") follow();
});
form.addEventListener("change", (event) => {
  if (event.target.type === "text") follow();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  follow();
});
