(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told").textContent);
  const STORE = "shadowlog set " + told.set;
  const HALF_A_DAY = 12 * 3600 * 1000;
  const LEAST = 28;
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const plain = (event) => !event.ctrlKey && !event.altKey && !event.metaKey && !/^(Shift|Control|Alt|Meta|AltGraph|CapsLock)$/.test(event.key);
  // What a key means as a figure. Where digits need Shift, as on French keyboards, the bare key of the row does as well.
  function figure(key, code, shift) {
    const bare = !shift && /^Digit([0-9])$/.exec(code);
    return /^[0-9]$/.test(key) ? key : bare ? bare[1] : "";
  }
  // Help takes the focus as long as it is open, and gives it back.
  let before = null;
  function help(open) {
    if (open) { before = document.activeElement; }
    $("help").hidden = !open;
    if (open) { $("help").focus(); } else if (before) { before.focus(); before = null; }
  }
  function dark() { root.classList.toggle("dark"); }
  if (window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches) { dark(); }
  if (location.hash === "#presenter") { beside(); } else { wall(); }

  // The window that the room sees.
  function wall() {
    const slides = Array.from(document.querySelectorAll(".slide"));
    let at = 0, typed = "", presenter = null, arrived = Date.now(), edge = 0, anew = false;
    // What the room said: guesses by slide, hands by incident and way.
    let room = { guesses: {}, hands: {} };
    try { room = Object.assign(room, JSON.parse(localStorage.getItem(STORE) || "{}")); } catch (error) { /* A browser that keeps nothing still shows all. */ }
    // What this window has shown since it began, so that loading it again covers nothing up; half a day later it is another workshop.
    let now = { begun: Date.now(), shown: [], raised: {} };
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) || "null");
      if (kept && Date.now() - kept.begun < HALF_A_DAY) { now = Object.assign(now, kept); }
    } catch (error) { /* as above */ }

    function keep() {
      try { localStorage.setItem(STORE, JSON.stringify(room)); } catch (error) { /* as above */ }
      try { sessionStorage.setItem(STORE, JSON.stringify(now)); } catch (error) { /* as above */ }
    }
    function covered(slide) { return "reveals" in slide.dataset && !slide.classList.contains("shown"); }
    function field(slide) { return slide.querySelector(".guess input"); }
    function hands(slide) { return room.hands[slide.dataset.id] || {}; }
    function words(slide) {
      const input = field(slide), guess = room.guesses[slide.dataset.id];
      return !input || guess === undefined ? "" : "The room guessed " + guess + (input.dataset.unit === "%" ? "\u00a0%" : " " + input.dataset.unit) + ".";
    }

    // What the presenter's window is told; it may be a file of its own origin, so no origin can be named.
    function tell() {
      if (!presenter || presenter.closed) { return; }
      const here = slides[at], next = slides[at + 1], finding = here.querySelector(".finding"), story = here.querySelector("blockquote"), input = field(here);
      presenter.postMessage({ shadowlog: told.set, wall: {
        at: at, count: slides.length, begun: now.begun, arrived: arrived,
        now: here.querySelector("h1").textContent, prompt: here.dataset.prompt, source: here.dataset.source,
        next: next ? next.querySelector("h1").textContent : "",
        covered: covered(here), reveals: "reveals" in here.dataset,
        finding: finding ? (finding.firstChild || finding).textContent.trim() : "",
        story: story ? story.textContent : "",
        guesses: Boolean(input), guess: words(here), unit: input ? input.dataset.unit : "", text: input ? input.value : "",
        refused: input ? here.querySelector(".refused").textContent : "",
        ways: here.matches(".six, .story, .sort") ? told.ways.map((way) => [way, here.matches(".sort") ? hands(here)[way] || 0 : "", meaning(way)]) : [],
        blank: !$("blank").hidden, typed: typed, said: $("say").textContent,
      } }, "*");
    }
    function meaning(way) { return document.querySelector("[data-way='" + way + "']").title; }
    // What came onto the wall, for who listens to it.
    function aloud(text) { $("aloud").textContent = text; }
    function found(slide) {
      const finding = slide.querySelector(".finding");
      return finding && finding.textContent.trim().replace(/\s+/g, " ") || "Revealed.";
    }
    function say(text) { $("say").textContent = text; $("say").hidden = !text; }
    function where() { $("where").textContent = typed ? "to " + typed : (at + 1) + " / " + slides.length; }
    // Where something still does not fit, as on a low screen, it stands closer, and then smaller, down to what can be read from the back.
    function fit() {
      const slide = slides[at];
      const last = slide.lastElementChild.lastElementChild || slide.lastElementChild;
      const spills = () => slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth || last.getBoundingClientRect().bottom > $("where").getBoundingClientRect().top;
      root.style.fontSize = "";
      slide.classList.remove("close");
      if (spills()) { slide.classList.add("close"); }
      for (let size = Math.floor(parseFloat(getComputedStyle(root).fontSize)); size >= LEAST && spills(); size -= 1) { root.style.fontSize = size + "px"; }
    }
    function go(to) {
      const next = Math.max(0, Math.min(slides.length - 1, to));
      if (next !== at) { arrived = Date.now(); }
      at = next;
      if (document.activeElement && document.activeElement.matches("input, button")) { document.activeElement.blur(); }
      slides.forEach((slide, n) => slide.classList.toggle("here", n === at));
      fit();
      aloud((at + 1) + " of " + slides.length + ": " + slides[at].querySelector("h1").textContent + (slides[at].classList.contains("shown") ? " " + found(slides[at]) : ""));
      try { history.replaceState(null, "", "#" + (at + 1)); } catch (error) { /* Some browsers keep a file's address as it is. */ }
    }

    // A guess is a number as people write it, with a comma or a point; null is no guess, and words say why it is refused.
    function understood(text, unit) {
      const bare = text.trim().replace(/\s*%$/, "");
      if (!bare) { return null; }
      if (!/^([0-9]+[.,]?[0-9]*|[.,][0-9]+)$/.test(bare)) { return "Not a number. Write it as 12 or 2,5."; }
      const value = Number(bare.replace(",", "."));
      return unit === "%" && value > 100 ? "More than all: 100\u00a0% at most." : value;
    }
    function guessed(slide, text) {
      const input = field(slide);
      if (!input || input.disabled) { return; }
      const guess = understood(text, input.dataset.unit);
      if (input.value !== text) { input.value = text; }
      if (typeof guess === "number") { room.guesses[slide.dataset.id] = guess; } else { delete room.guesses[slide.dataset.id]; }
      slide.querySelector(".refused").textContent = typeof guess === "string" ? guess : "";
      input.setAttribute("aria-invalid", typeof guess === "string");
      mark(slide);
    }
    // The room's guess stands on the axis from the moment it is made; what lies beyond the axis stands at its end.
    function mark(slide) {
      const input = field(slide), sign = slide.querySelector(".mark");
      if (!input || !sign) { return; }
      const guess = room.guesses[slide.dataset.id], most = Number(input.dataset.most);
      sign.hidden = guess === undefined;
      sign.style.left = 100 * Math.min(1, most ? (guess || 0) / most : 0) + "%";
      sign.classList.toggle("beyond", guess > most);
      slide.querySelector(".guessed").textContent = words(slide);
    }
    // Dragged along the axis, or put there by a click, it is rounded to what can be read off.
    function dragged(event) {
      const slide = event.target.closest(".slide.here:not(.shown)"), track = event.target.closest(".track");
      const input = slide && field(slide);
      if (!track || !input || (event.type === "pointermove" && !event.buttons)) { return; }
      const box = track.getBoundingClientRect(), most = Number(input.dataset.most);
      const part = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      guessed(slide, String(Number((part * most).toFixed(most > 20 ? 0 : most > 2 ? 1 : 2))));
      keep();
      tell();
    }
    function show(slide) {
      const input = field(slide);
      slide.classList.add("shown");
      if (input) {
        // What was refused is no guess, and does not stand there as one.
        if (!(slide.dataset.id in room.guesses)) { guessed(slide, ""); }
        input.blur();
        input.disabled = true;
      }
      fit();
    }
    function reveal(slide) {
      show(slide);
      now.shown.push(slide.dataset.id);
      aloud(found(slide));
    }
    function onward() { if (covered(slides[at])) { reveal(slides[at]); } else { go(at + 1); } }
    function hand(slide, way, by) {
      const counts = room.hands[slide.dataset.id] || (room.hands[slide.dataset.id] = {});
      counts[way] = Math.max(0, (counts[way] || 0) + by);
      const raised = now.raised[slide.dataset.id] || (now.raised[slide.dataset.id] = []), last = raised.lastIndexOf(way);
      if (by > 0) { raised.push(way); } else if (last >= 0) { raised.splice(last, 1); }
      count(slide);
      aloud(way + " " + counts[way]);
    }
    function unraise(slide) {
      const last = (now.raised[slide.dataset.id] || []).slice(-1);
      if (last.length) { hand(slide, last[0], -1); } else { say("No hand to take back here."); }
    }
    function count(slide) {
      slide.querySelectorAll("[data-way]").forEach((button) => { button.querySelector("output").textContent = hands(slide)[button.dataset.way] || 0; });
    }
    function save() {
      const text = JSON.stringify({ format: "shadowlog-room", version: 1, set: told.set, guesses: room.guesses, hands: room.hands }) + "\n";
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      // Two rooms, or two saves, are two files; the newest is the last by its name.
      const moment = new Date(), two = (value) => String(value).padStart(2, "0");
      link.download = told.name + "-room-" + moment.getFullYear() + two(moment.getMonth() + 1) + two(moment.getDate()) + "-" + two(moment.getHours()) + two(moment.getMinutes()) + two(moment.getSeconds()) + ".json";
      document.body.append(link);
      link.click();
      link.remove();
      say("Saved among the browser's downloads: " + link.download);
    }
    function full() {
      if (document.fullscreenElement) { document.exitFullscreen(); } else if (root.requestFullscreen) { root.requestFullscreen().catch(() => { say("The browser did not give the full screen."); }); }
    }
    function open() {
      if (presenter && !presenter.closed) { presenter.focus(); return; }
      presenter = window.open(location.href.split("#")[0] + "#presenter", "shadowlog-presenter-" + told.set, "width=1000,height=700");
      if (!presenter) { say("The browser did not open the presenter's window. Allow pop-ups for this file, then press P again."); }
    }
    // Another room begins with nothing guessed; it is asked twice, because nothing brings the guesses back.
    function another(sure) {
      if (!sure) { anew = true; say("N again begins with another room: guesses and hands are cleared, everything is covered. S saves them first."); return; }
      room = { guesses: {}, hands: {} };
      now = { begun: Date.now(), shown: [], raised: {} };
      slides.forEach(fresh);
      go(0);
    }
    function fresh(slide) {
      const input = field(slide), guess = room.guesses[slide.dataset.id];
      slide.classList.remove("shown");
      if (input) { input.disabled = false; input.value = guess === undefined ? "" : String(guess); slide.querySelector(".refused").textContent = ""; mark(slide); }
      if (slide.classList.contains("sort")) { count(slide); }
    }
    function blank() { $("blank").hidden = false; aloud("The wall is blank."); if (document.activeElement) { document.activeElement.blur(); } }
    function rub() { if (typed) { typed = typed.slice(0, -1); } else if (slides[at].classList.contains("sort")) { unraise(slides[at]); } else if (covered(slides[at])) { guessed(slides[at], ""); } }
    const KEYS = {
      ArrowRight: onward, PageDown: onward, " ": onward,
      ArrowLeft: () => go(at - 1), PageUp: () => go(at - 1),
      Home: () => go(0), End: () => go(slides.length - 1),
      Backspace: rub, Delete: rub,
      b: blank, ".": blank, f: full, l: dark, p: open, s: save,
      g: () => { const input = field(slides[at]); if (input && !input.disabled) { input.focus(); input.select(); } },
      t: () => { now.begun = Date.now(); },
      "?": () => { help(true); },
      Escape: () => { typed = ""; },
    };
    // One key, pressed here or in the presenter's window; says whether it meant anything.
    function press(key, code, shift) {
      const slide = slides[at], number = figure(key, code, shift), sorts = slide.classList.contains("sort"), sure = anew && key.toLowerCase() === "n";
      // Where digits need no Shift, Shift with one takes off a hand of just that way.
      const off = shift && !number && /^Digit([1-6])$/.exec(code);
      const asleep = !$("blank").hidden || !$("help").hidden;
      let meant = true;
      anew = false;
      say("");
      if (asleep) {
        $("blank").hidden = true;
        if (!$("help").hidden) { help(false); }
      } else if (!typed && sorts && (off || told.ways[Number(number) - 1])) {
        hand(slide, told.ways[Number(off ? off[1] : number) - 1], off ? -1 : 1);
      } else if (number) {
        typed = (typed + number).slice(-4);
        aloud("To slide " + typed);
      } else if (key === "Enter" && typed) {
        const to = Number(typed);
        typed = "";
        if (to >= 1 && to <= slides.length) { go(to - 1); } else { say("There is no slide " + to + ": they go from 1 to " + slides.length + "."); }
      } else if (key === "Enter") {
        const refused = slide.querySelector(".refused");
        if (covered(slide) && !(refused && refused.textContent)) { reveal(slide); }
      } else if (key.toLowerCase() === "n") {
        another(sure);
      } else {
        const act = KEYS[key] || KEYS[key.toLowerCase()];
        meant = Boolean(act);
        if (act !== rub) { typed = ""; }
        if (act) { act(); }
      }
      where();
      keep();
      tell();
      return meant;
    }
    function pressed(event) {
      if (!plain(event)) { return; }
      const typing = event.target.matches && event.target.matches("input"), button = event.target.closest && event.target.closest("button");
      if ($("blank").hidden && typing) {
        if (event.key === "Escape") { event.target.blur(); return; }
        if (!/^(Enter| |PageDown|PageUp)$/.test(event.key)) { return; }
      }
      if ($("blank").hidden && $("help").hidden && (event.key === "Tab" || (button && event.key === "Enter"))) { return; }
      if (press(event.key, event.code || "", event.shiftKey)) { event.preventDefault(); }
    }
    // A click at the edge goes on or back, but not one that was a guess, a hand, or the end of a drag.
    function edgeOf(event) {
      const part = event.clientX / window.innerWidth;
      if (event.button || event.target.closest("button, input, label, #help") || (field(slides[at]) && covered(slides[at]) && event.target.closest(".track"))) { return 0; }
      return part < .06 ? -1 : part > .94 ? 1 : 0;
    }
    function clicked(event) {
      const side = edgeOf(event);
      if (!$("blank").hidden) { press("b", "", false); } else if (side && side === edge) { press(side > 0 ? "PageDown" : "PageUp", "", false); }
    }

    root.classList.add("live");
    slides.forEach((slide) => {
      const input = field(slide);
      fresh(slide);
      if (now.shown.includes(slide.dataset.id)) { show(slide); }
      if (input) { input.addEventListener("input", () => { guessed(slide, input.value); keep(); tell(); }); }
      slide.querySelectorAll("[data-way]").forEach((button) => button.addEventListener("click", (event) => { hand(slide, button.dataset.way, event.shiftKey ? -1 : 1); button.blur(); keep(); tell(); }));
    });
    document.addEventListener("keydown", pressed);
    ["pointerdown", "pointermove"].forEach((kind) => document.addEventListener(kind, dragged));
    document.addEventListener("pointerdown", (event) => { edge = edgeOf(event); });
    document.addEventListener("click", clicked);
    window.addEventListener("resize", fit);
    // Only a window that this one opened is listened to; that it did can be told even after this one was loaded again.
    window.addEventListener("message", (event) => {
      const from = event.source, data = event.data;
      if (!from || from === window || from.opener !== window || !data || data.shadowlog !== told.set) { return; }
      presenter = from;
      if (typeof data.press === "string") { press(data.press, String(data.code || ""), data.shift === true); }
      if (typeof data.guess === "string") { guessed(slides[at], data.guess); keep(); }
      tell();
    });
    go((Number(location.hash.slice(1)) || 1) - 1);
    where();
    keep();
  }

  // The presenter's window: it only says what it is told by the window that opened it, and hands keys on to it.
  function beside() {
    let told_ = null, heard = Date.now();
    root.classList.add("presenting");
    $("presenter").hidden = false;
    document.title = "Presenter's window";
    const put = (id, text) => { if ($(id).textContent !== text) { $(id).textContent = text; } $(id).hidden = !text; };
    function ask(more) { if (window.opener) { window.opener.postMessage(Object.assign({ shadowlog: told.set }, more), "*"); } }
    function minutes(since) { return Math.max(0, Math.floor((Date.now() - since) / 60000)) + " min"; }
    function clock() {
      put("p-clock", new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
      put("p-since", told_ ? minutes(told_.begun) + " since it began" : "");
      put("p-here", told_ ? minutes(told_.arrived) + " on this slide" : "");
      const lost = !window.opener || window.opener.closed || Date.now() - heard > 5000;
      put("p-lost", lost ? "The slides do not answer. Open them, and press P there." : "");
    }
    // The six ways with what each means, for who explains them, and on an incident how many hands each has.
    function ways(all) {
      const text = JSON.stringify(all), list = $("p-hands");
      list.hidden = !all.length;
      if (list.dataset.told === text) { return; }
      list.dataset.told = text;
      list.replaceChildren(...all.map((each, n) => {
        const item = document.createElement("li"), name = document.createElement("b");
        name.textContent = [n + 1, each[0], each[1]].join(" ").trim() + ":";
        item.append(name, " " + each[2]);
        return item;
      }));
    }
    function standing(wall) {
      if (wall.blank) { return "The wall is blank. Any key brings the slide back."; }
      return wall.covered ? "Not revealed yet." : wall.reveals ? "Revealed." : "Nothing to reveal.";
    }
    window.addEventListener("message", (event) => {
      if (event.source !== window.opener || !event.data || event.data.shadowlog !== told.set || !event.data.wall) { return; }
      const wall = told_ = event.data.wall;
      heard = Date.now();
      put("p-count", "On the wall now: " + (wall.at + 1) + " of " + wall.count);
      put("p-now", wall.now);
      put("p-standing", standing(wall));
      $("p-standing").dataset.standing = wall.blank ? "blank" : wall.covered ? "covered" : "";
      put("p-finding", wall.finding ? (wall.covered ? "It will show: " : "It shows: ") + wall.finding : "");
      put("p-guess", wall.guess || (wall.guesses ? "The room has not guessed." : ""));
      put("p-story", wall.story);
      ways(wall.ways);
      put("p-refused", wall.refused);
      $("p-field").hidden = !wall.guesses || !wall.covered;
      put("p-unit", wall.unit);
      if (document.activeElement !== $("p-input")) { $("p-input").value = wall.text; }
      put("p-prompt", wall.prompt);
      put("p-source", wall.source);
      put("p-next", wall.next ? "Next: " + wall.next : "This is the last one.");
      put("p-said", wall.typed ? "To slide " + wall.typed + ": Enter" : wall.said);
      clock();
    });
    document.addEventListener("keydown", (event) => {
      const helping = !$("help").hidden, key = event.key;
      if (!plain(event) || (key === "Tab" && !helping)) { return; }
      if (event.target.matches && event.target.matches("input")) {
        if (key === "Escape") { event.target.blur(); }
        if (!/^(Enter| |PageDown|PageUp)$/.test(key)) { return; }
        event.target.blur();
      } else if (event.target.closest && event.target.closest("button") && key === "Enter") { return; }
      event.preventDefault();
      if (helping || key === "?") { help(!helping); } else if (key.toLowerCase() === "l") { dark(); } else if (key.toLowerCase() === "g" && !$("p-field").hidden && !told_.blank) { $("p-input").focus(); $("p-input").select(); } else if (key.toLowerCase() === "f") { put("p-said", "Full screen: press F in the window of the slides; browsers give it only there."); } else if (key.toLowerCase() !== "p") { ask({ press: key, code: event.code, shift: event.shiftKey }); }
    });
    document.querySelectorAll("#presenter [data-press]").forEach((button) => button.addEventListener("click", () => { ask({ press: button.dataset.press, code: "", shift: false }); button.blur(); }));
    $("p-input").addEventListener("input", () => ask({ guess: $("p-input").value }));
    // Asked every second, so that a wall that was loaded again soon knows of this window, and a closed one is missed.
    setInterval(() => { ask({ hello: true }); clock(); }, 1000);
    ask({ hello: true });
    clock();
  }
}());
