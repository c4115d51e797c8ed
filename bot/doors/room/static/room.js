// The conversation as it goes on. Everything here has a way without a script: forms and links.

const entries = document.querySelector("#entries");
const scroller = document.querySelector(".scroller");
const status = document.querySelector("#status");
const newest = document.querySelector("#newest");
const field = document.querySelector("#text");
const language = document.documentElement.lang;

// Fragments come from our own server, cleaned there by an allow-list; scripts never run in them.
const plain = { createHTML: (html) => html };
const policy = window.trustedTypes ? window.trustedTypes.createPolicy("room", plain) : plain;
const parsed = (html) => new DOMParser().parseFromString(policy.createHTML(html), "text/html");

// The list is reversed, so 0 is its end.
const isAtEnd = () => Math.abs(scroller.scrollTop) < 40;
const toEnd = () => { scroller.scrollTop = 0; newest.hidden = true; };

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime*=T]")) {
    const at = new Date(time.dateTime);
    time.textContent = at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
    time.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
  }
}

// The server takes away what is not to stay; a page that has lost it does so by itself.
function goInTime(list) {
  for (const { id, dataset } of list) {
    if (dataset.leftS) setTimeout(() => document.getElementById(id)?.remove(), dataset.leftS * 1000);
  }
}

function put(key, html) {
  const entry = parsed(html).body.firstElementChild;
  localTimes(entry);
  goInTime([entry]);
  const before = document.getElementById(key);
  if (before) {
    replace(before, entry);
    return;
  }
  const wasAtEnd = isAtEnd();
  entry.classList.add("arrived");
  entries.append(entry);
  if (wasAtEnd) bringUp(entry); else newest.hidden = false;
}

// What is taller than the screen is read from its beginning.
function bringUp(entry) {
  toEnd();
  if (entry.offsetHeight <= scroller.clientHeight) return;
  scroller.scrollTop += entry.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

// An edited post keeps the keyboard's place: the button in the same position, else the post itself.
function replace(before, entry) {
  const position = [...before.querySelectorAll("button, a")].indexOf(document.activeElement);
  before.replaceWith(entry);
  if (position < 0) return;
  const next = entry.querySelectorAll("button, a")[position] || entry;
  if (next === entry) entry.tabIndex = -1;
  next.focus({ preventScroll: true });
}

// After a lost connection, or what came between page and stream: the whole list anew if it differs.
async function standing(versions) {
  const shown = [...entries.children].map((entry) => [entry.id, entry.dataset.version]);
  const same = shown.length === Object.keys(versions).length && shown.every(([key, version]) => versions[key] === version);
  if (same) return;
  const response = await fetch(entries.dataset.page);
  if (!response.ok) return;
  const fresh = parsed(await response.text()).querySelector("#entries");
  localTimes(fresh);
  goInTime(fresh.children);
  entries.setAttribute("aria-busy", "true");
  entries.replaceChildren(...fresh.children);
  entries.removeAttribute("aria-busy");
}

function listen() {
  const stream = new EventSource(entries.dataset.changes);
  // One after the other: what comes while the list is fetched anew must be put into the new list.
  let turn = Promise.resolve();
  const on = (name, act) => stream.addEventListener(name, (event) => {
    const data = JSON.parse(event.data);
    turn = turn.then(() => act(data)).catch(() => { status.textContent = status.dataset.lost; });
  });
  on("standing", standing);
  on("entry", ({ key, html }) => put(key, html));
  on("gone", ({ key }) => document.getElementById(key)?.remove());
  stream.addEventListener("open", () => { status.textContent = ""; });
  stream.addEventListener("error", () => {
    status.textContent = status.dataset.lost;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

async function send(form, submitter) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  const response = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  const { notice } = await response.json();
  status.textContent = notice || "";
  return response.ok;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== "/say") return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const typed = form.contains(field);
  toEnd();
  try {
    const sent = await send(form, event.submitter);
    if (typed && sent) field.value = "";
  } catch {
    status.textContent = status.dataset.failed;
  } finally {
    delete form.dataset.sending;
    if (typed) field.focus();
  }
});

// A command that wants a word after it only begins the line.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-begin]");
  if (!chip) return;
  event.preventDefault();
  field.value = chip.dataset.begin;
  field.focus();
});

newest.addEventListener("click", () => { toEnd(); field.focus(); });
scroller.addEventListener("scroll", () => { if (isAtEnd()) newest.hidden = true; }, { passive: true });

localTimes(entries);
goInTime(entries.children);
listen();
