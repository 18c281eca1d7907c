(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told").textContent);
  const STORE = "shadowlog set " + told.set;
  const $ = (id) => document.getElementById(id);
  const slides = Array.from(document.querySelectorAll(".slide"));
  const root = document.documentElement;
  const begun = Date.now();
  let at = 0, typed = "", presenter = null;
  // What the room said: guesses by slide, hands by incident and way.
  let room = { guesses: {}, hands: {} };
  try { room = Object.assign(room, JSON.parse(localStorage.getItem(STORE) || "{}")); } catch (error) { /* A browser that keeps nothing still shows all. */ }

  function keep() { try { localStorage.setItem(STORE, JSON.stringify(room)); } catch (error) { /* as above */ } }
  function tell() {
    if (!presenter || presenter.closed) { return; }
    const here = slides[at], next = slides[at + 1];
    presenter.postMessage({ shadowlog: told.set, at: at, now: here.querySelector("h1").textContent, prompt: here.dataset.prompt, source: here.dataset.source, next: next ? next.querySelector("h1").textContent : "", count: slides.length, begun: begun }, "*");
  }
  function go(to) {
    at = Math.max(0, Math.min(slides.length - 1, to));
    slides.forEach((slide, n) => slide.classList.toggle("here", n === at));
    $("where").textContent = (at + 1) + " / " + slides.length;
    try { history.replaceState(null, "", "#" + (at + 1)); } catch (error) { /* Some browsers keep a file's address as it is. */ }
    tell();
  }
  // The room's guess stands on the axis from the moment it is made.
  function mark(slide) {
    const input = slide.querySelector(".guess input"), sign = slide.querySelector(".mark");
    if (!input || !sign) { return; }
    sign.hidden = input.value === "" || Number(input.value) > Number(input.max);
    sign.style.left = 100 * Number(input.value) / Number(input.max) + "%";
  }
  function guessed(slide, input) {
    if (input.value === "") { delete room.guesses[slide.dataset.id]; } else { room.guesses[slide.dataset.id] = Number(input.value); }
    keep();
    mark(slide);
  }
  // Dragged along the axis, or put there by a click, it is rounded to what can be read off.
  function dragged(event) {
    const slide = event.target.closest(".slide.here:not(.shown)"), track = event.target.closest(".track");
    const input = slide && slide.querySelector(".guess input");
    if (!track || !input || (event.type === "pointermove" && !event.buttons)) { return; }
    const box = track.getBoundingClientRect(), most = Number(input.max);
    const part = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    input.value = Number((part * most).toFixed(most > 20 ? 0 : most > 2 ? 1 : 2));
    guessed(slide, input);
  }
  function reveal(slide) {
    slide.classList.add("shown");
    const input = slide.querySelector(".guess input");
    if (input) { input.blur(); input.disabled = true; }
  }
  function onward() {
    const slide = slides[at];
    if ("reveals" in slide.dataset && !slide.classList.contains("shown")) { reveal(slide); } else { go(at + 1); }
  }
  function hand(slide, way, by) {
    const hands = room.hands[slide.dataset.id] || (room.hands[slide.dataset.id] = {});
    hands[way] = Math.max(0, (hands[way] || 0) + by);
    keep();
    count(slide);
  }
  function count(slide) {
    const hands = room.hands[slide.dataset.id] || {};
    slide.querySelectorAll("[data-way]").forEach((button) => { button.querySelector("output").textContent = hands[button.dataset.way] || 0; });
  }
  function save() {
    const text = JSON.stringify({ format: "shadowlog-room", version: 1, set: told.set, guesses: room.guesses, hands: room.hands }) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = told.name + "-room.json";
    document.body.append(link);
    link.click();
    link.remove();
  }
  const KEYS = {
    ArrowRight: onward, PageDown: onward, " ": onward,
    ArrowLeft: () => go(at - 1), PageUp: () => go(at - 1),
    Home: () => go(0), End: () => go(slides.length - 1),
    f: () => { if (document.fullscreenElement) { document.exitFullscreen(); } else if (root.requestFullscreen) { root.requestFullscreen(); } },
    b: () => { $("blank").hidden = !$("blank").hidden; },
    l: () => { root.classList.toggle("dark"); },
    p: () => { presenter = window.open(location.href.split("#")[0] + "#presenter", "shadowlog-presenter", "width=900,height=600"); setTimeout(tell, 800); },
    s: save,
    "?": () => { $("help").hidden = !$("help").hidden; },
    Escape: () => { $("help").hidden = true; $("blank").hidden = true; },
  };
  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    const typing = event.target.matches && event.target.matches("input");
    if (typing && event.key === "Enter") { event.preventDefault(); reveal(slides[at]); return; }
    if (typing && /^([0-9.,]|Backspace|Delete|Tab|ArrowLeft|ArrowRight)$/.test(event.key)) { return; }
    if (!$("blank").hidden && event.key !== "b" && event.key !== "B" && event.key !== "Escape") { $("blank").hidden = true; event.preventDefault(); return; }
    const slide = slides[at], digit = /^Digit([1-9])$/.exec(event.code || "");
    if (slide.classList.contains("sort") && digit && Number(digit[1]) <= told.ways.length) {
      event.preventDefault();
      hand(slide, told.ways[Number(digit[1]) - 1], event.shiftKey ? -1 : 1);
    } else if (/^[0-9]$/.test(event.key)) {
      typed = (typed + event.key).slice(-3);
      $("where").textContent = "to " + typed;
    } else if (event.key === "Enter" && typed) {
      go(Number(typed) - 1);
      typed = "";
    } else {
      const act = KEYS[event.key] || KEYS[event.key.toLowerCase()];
      if (act) { event.preventDefault(); typed = ""; act(); }
    }
  }

  if (location.hash === "#presenter") {
    document.querySelector("main").hidden = true;
    $("where").hidden = true;
    $("presenter").hidden = false;
    let since = begun;
    window.addEventListener("message", (event) => {
      if (!event.data || event.data.shadowlog !== told.set) { return; }
      since = event.data.begun;
      $("p-now").textContent = (event.data.at + 1) + " / " + event.data.count + "  " + event.data.now;
      $("p-prompt").textContent = event.data.prompt;
      $("p-source").textContent = event.data.source;
      $("p-next").textContent = event.data.next ? "Next: " + event.data.next : "This is the last one.";
    });
    setInterval(() => {
      const minutes = Math.floor((Date.now() - since) / 60000);
      $("p-time").textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) + " · " + minutes + " min";
    }, 1000);
    return;
  }
  root.classList.add("live");
  if (window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches) { root.classList.add("dark"); }
  slides.forEach((slide) => {
    const input = slide.querySelector(".guess input");
    if (input) {
      if (slide.dataset.id in room.guesses) { input.value = room.guesses[slide.dataset.id]; }
      input.addEventListener("input", () => guessed(slide, input));
      mark(slide);
    }
    slide.querySelectorAll("[data-way]").forEach((button) => button.addEventListener("click", (event) => { hand(slide, button.dataset.way, event.shiftKey ? -1 : 1); button.blur(); }));
    if (slide.classList.contains("sort")) { count(slide); }
  });
  document.addEventListener("keydown", pressed);
  ["pointerdown", "pointermove"].forEach((kind) => document.addEventListener(kind, dragged));
  window.addEventListener("beforeprint", () => slides.forEach((slide) => slide.classList.add("shown")));
  go((Number(location.hash.slice(1)) || 1) - 1);
}());
