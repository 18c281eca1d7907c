(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told").textContent);
  const STORE = "shadowlog page " + told.page;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  // What was said, in the order in which it was said: pairs of the question and its newest answer.
  let said = [];
  let rest = [];
  // Words that look as if they named somebody, and were to be saved as they are.
  const meant = new Set();
  let last = 0;
  let unsaved = false;
  let keeps = true;
  let waiting = false;

  // --- words and numbers ---
  function plain(text) {
    const whole = text
      .replace(/\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/g, "\n").replace(/\t/g, " ")
      .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
    // Half a surrogate pair is no character.
    return Array.from(whole).filter((each) => !/^[\ud800-\udfff]$/.test(each)).join("").trim();
  }
  function whole(input) {
    const value = input.value === "" ? NaN : Number(input.value);
    return Number.isInteger(value) && value >= Number(input.min) && value <= Number(input.max) ? value : null;
  }
  function wrong(input) { return input.validity.badInput || (input.value !== "" && whole(input) === null); }
  // The same guess as the recorder's: it errs on the side of asking.
  function personal(text) {
    if (/\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Rev)\.?\s+[A-Z]/.test(text) || /\b(?:mr|mrs|ms|mx)\b\.?\s+[a-z]/.test(text)) { return "a name"; }
    if (/\b[A-Z]\.\s?[A-Z]\b/.test(text)) { return "initials"; }
    if (/\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{4}\b|\b(?:born|dob)\b/i.test(text)) { return "a date of birth"; }
    let begins = true, found = "";
    (text.match(/[^\s,;()"\u201c\u201d/\u2013\u2014-]+/gu) || []).forEach((part) => {
      const word = part.replace(/[.!?:]+$/, "").replace(/['\u2019]s$/, "");
      const name = /^(?=\p{Lu})(?:\p{L}{2,}(?:['\u2019]\p{L}{2,})?|\p{L}['\u2019]\p{L}{2,})$/u.test(word) && word !== word.toUpperCase();
      if (!begins && name && !told.no_names.includes(word.toLowerCase())) { found = "a name"; }
      begins = /[.!?:]$/.test(part);
    });
    return found;
  }
  function many(count, one, more) { return count + " " + (count === 1 ? one : more); }

  // --- one text for one value, as the program writes it, and its seal ---
  function canonical(value) {
    if (Array.isArray(value)) { return "[" + value.map(canonical).join(",") + "]"; }
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
    }
    return JSON.stringify(value);
  }
  function primes(count) {
    const found = [];
    for (let n = 2; found.length < count; n += 1) { if (found.every((p) => n % p)) { found.push(n); } }
    return found;
  }
  // The first 32 bits of the fraction of a root; doubles are exact enough for the first 64 primes.
  const bits = (root) => Math.floor((root - Math.floor(root)) * 4294967296) >>> 0;
  const ROUNDS = primes(64).map((p) => bits(Math.cbrt(p)));
  const START = primes(8).map((p) => bits(Math.sqrt(p)));
  function sha256(bytes) {
    const size = Math.ceil((bytes.length + 9) / 64) * 64;
    const block = new Uint8Array(size);
    block.set(bytes);
    block[bytes.length] = 128;
    const view = new DataView(block.buffer);
    view.setUint32(size - 8, Math.floor(bytes.length / 536870912));
    view.setUint32(size - 4, (bytes.length * 8) >>> 0);
    const hash = START.slice();
    const w = new Uint32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < size; at += 64) {
      for (let i = 0; i < 16; i += 1) { w[i] = view.getUint32(at + i * 4); }
      for (let i = 16; i < 64; i += 1) {
        const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) >>> 0;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i += 1) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) >>> 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
        h = g; g = f; f = e; e = (d + one) >>> 0; d = c; c = b; b = a; a = (one + two) >>> 0;
      }
      [a, b, c, d, e, f, g, h].forEach((part, i) => { hash[i] = (hash[i] + part) >>> 0; });
    }
    const made = new Uint8Array(32);
    hash.forEach((part, i) => new DataView(made.buffer).setUint32(i * 4, part));
    return made;
  }
  function joined(one, other) { const made = new Uint8Array(one.length + other.length); made.set(one); made.set(other, one.length); return made; }
  function seal(key, text) {
    const secret = new Uint8Array(64);
    secret.set(key.match(/../g).map((pair) => parseInt(pair, 16)));
    const inner = sha256(joined(secret.map((b) => b ^ 0x36), new TextEncoder().encode(text)));
    return Array.from(sha256(joined(secret.map((b) => b ^ 0x5c), inner)), (b) => b.toString(16).padStart(2, "0")).join("");
  }

  // --- what was said ---
  function find(question) { const pair = said.find((each) => each[0] === question); return pair ? pair[1] : null; }
  // The same of what was said before this page was written.
  function earlier(question) { return told.earlier[question] || null; }
  function given(question) { return find(question) || earlier(question); }
  function put(question, entry) {
    const now = find(question);
    if (!entry && !now) { return; }
    if (entry && now && canonical({ ...now, at: 0 }) === canonical({ ...entry, at: 0 })) { return; }
    said = said.filter((each) => each[0] !== question);
    if (entry) {
      // A clock that is set back must not turn the order round.
      last = Math.max(last, Date.now());
      said.push([question, { ...entry, at: last }]);
    }
    unsaved = true;
    $("saved").textContent = "";
    if (!waiting) { keep(); tally(); }
  }
  function keep() {
    try {
      localStorage.setItem(STORE, JSON.stringify({ said: said }));
      keeps = true;
      $("keeping").textContent = "What you type is kept in this browser, on this computer, until you clear it.";
    } catch (error) {
      keeps = false;
      $("keeping").textContent = "This browser keeps nothing for this page: save your answers before you close it.";
    }
  }
  function tally() {
    const rows = Object.keys(told.rows);
    const answered = rows.filter((id) => find("view " + id) || told.rows[id].before).length;
    $("count").textContent = said.length
      ? many(said.length, "answer", "answers") + " to save; " + answered + " of " + many(rows.length, "row", "rows") + " with your word."
      : "Nothing is answered yet.";
    $("rest").disabled = answered === rows.length;
  }

  // --- reading the questions ---
  const READ = {
    place: (box, arg) => {
      const input = box.querySelector("input");
      return input.hasAttribute("data-empty") ? null : { kind: "place", value: Number(input.value), seen: arg === "after" };
    },
    estimate: (box, arg) => {
      const shares = {}, importance = {};
      all("[data-share]", box).forEach((input) => { const n = whole(input); if (n !== null) { shares[input.dataset.share] = n; } });
      all("[data-importance]", box).forEach((input) => { if (input.value) { importance[input.dataset.importance] = Number(input.value); } });
      const some = Object.keys(shares).length || Object.keys(importance).length;
      return some ? { kind: "estimate", of: arg, shares: shares, importance: importance } : null;
    },
    guess: (box, arg) => { const n = whole(box.querySelector("input")); return n === null ? null : { kind: "guess", of: arg, number: n }; },
    view: (box, arg) => {
      const chosen = box.querySelector(".choices input:checked");
      if (!chosen) { return null; }
      const row = told.rows[arg];
      const entry = { kind: "view", episode: arg, mark: row.mark, view: chosen.value };
      const words = box.querySelector(".extra textarea");
      if (words && plain(words.value)) { entry.comment = plain(words.value); }
      if (chosen.value === "amend") {
        const who = all(".who input:checked", box).map((input) => input.value);
        const what = box.querySelector(".extra select");
        if (who.length && who.slice().sort().join() !== row.roles.slice().sort().join()) { entry.who = who; }
        if (what && what.value && what.value !== row.activity) { entry.what = what.value; }
      }
      return entry;
    },
    typical: (box) => {
      const chosen = box.querySelector("input:checked");
      return chosen ? { kind: "typical", rating: Number(chosen.value), unusual: plain($("unusual").value) } : null;
    },
    answer: (box, arg) => { const text = plain(box.querySelector("textarea").value); return text ? { kind: "answer", prompt: arg, text: text } : null; },
    signoff: (box, arg) => (box.checked ? { kind: "signoff", section: arg } : null),
    release: (box) => {
      const ticked = all("input:checked", box).map((input) => input.value), before = earlier("release");
      // No tick where there was one takes it back.
      return ticked.length || (before && before.layers.length) ? { kind: "release", layers: ticked.filter((layer) => layer) } : null;
    },
  };
  function question(box) { const words = box.dataset.q.split(" "); return [words[0], words.slice(1).join(" ")]; }
  function read(box) {
    const [kind, arg] = question(box);
    put(box.dataset.q, READ[kind](box, arg));
    show(box);
  }
  // What is wrong with an answer, in words; "" if nothing is.
  function fault(box) {
    const [kind, arg] = question(box);
    const bad = all("input[type=number]", box).find(wrong);
    if (bad) { return "A whole number from " + bad.min + " to " + Number(bad.max).toLocaleString("en-GB") + ", please."; }
    if (kind === "estimate" && total(box) > 100) { return "Together that is " + total(box) + " %; no more than 100, please."; }
    const long = all("textarea", box).map((each) => Array.from(plain(each.value)).length).find((n) => n > told.longest);
    if (long) { return "That is " + long.toLocaleString("en-GB") + " characters; " + told.longest.toLocaleString("en-GB") + " can be saved. Please shorten it."; }
    const entry = find(box.dataset.q);
    if (kind === "view" && entry && entry.view === "amend") {
      if (all(".who input", box).length && !all(".who input:checked", box).length) { return "Say who was there."; }
      if (!entry.who && !entry.what) { return "Choose who else it was with or what else it was; if neither, dispute it."; }
    }
    if (kind === "view" && entry && entry.view === "dispute" && !told.rows[arg].quiet && !entry.comment) { return "Say in a few words what it was."; }
    if (kind === "typical" && !given(box.dataset.q) && plain($("unusual").value)) { return "Say how typical it was, too."; }
    return "";
  }
  function total(box) { return all("[data-share]", box).reduce((sum, input) => sum + (whole(input) || 0), 0); }
  function show(box) {
    const [kind, arg] = question(box);
    const problem = box.querySelector(".problem");
    if (problem) {
      const words = fault(box);
      // What is not finished is no mistake yet: that is said when the answers are saved, and goes once it is mended.
      const early = (kind === "view" || kind === "typical") && problem.hidden && !/characters/.test(words);
      problem.textContent = early ? "" : words;
      problem.hidden = !problem.textContent;
    }
    if (kind === "estimate") { const sum = total(box); $("together").textContent = sum ? "Together " + sum + " %" : ""; }
    if (kind === "place") {
      const input = box.querySelector("input");
      box.querySelector("output").textContent = input.hasAttribute("data-empty") ? "Not placed yet" : input.value + " of " + input.max;
    }
    if (kind === "view") { extra(box, arg); }
  }

  // --- the rows ---
  function made(tag, attributes, text) {
    const element = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    if (text) { element.textContent = text; }
    return element;
  }
  let count = 0;
  function extra(box, id) {
    const row = told.rows[id];
    const chosen = box.querySelector(".choices input:checked");
    const place = box.querySelector(".extra");
    box.querySelector(".small").hidden = !chosen;
    const amend = chosen && chosen.value === "amend";
    if (amend && !place.querySelector(".amend")) { place.prepend(amending(row)); }
    const form = place.querySelector(".amend");
    if (form) { form.hidden = !amend; }
    const wanted = chosen && !row.quiet && (chosen.value !== "agree" || box.hasAttribute("data-wordy"));
    if (wanted && !place.querySelector(".words")) {
      count += 1;
      const words = made("div", { class: "words" });
      words.append(made("label", { class: "block", for: "words-" + count }, "In your words"), made("textarea", { id: "words-" + count, rows: "2" }));
      place.append(words);
    }
    const words = place.querySelector(".words");
    const typed = words && words.querySelector("textarea").value;
    if (words) { words.hidden = !chosen || (!wanted && !typed); }
    const more = box.querySelector("[data-words]");
    if (more) { more.hidden = Boolean(words && !words.hidden); }
  }
  function amending(row) {
    count += 1;
    const form = made("div", { class: "amend" });
    form.append(made("p", { class: "hint" }, row.closed ? "Choose who else it was with." : "Choose who else it was with, what else it was, or both."));
    const who = made("fieldset", { class: "who" });
    who.append(made("legend", {}, "Who was there"));
    const choices = made("div", { class: "choices" });
    told.roles.forEach(([id, label, alone, objects]) => {
      // Nothing written may stay beside somebody who asked not to be recorded.
      if (objects && row.noted && !row.roles.includes(id)) { return; }
      const line = made("label");
      const box = made("input", { type: "checkbox", value: id });
      if (alone) { box.dataset.alone = ""; }
      box.checked = row.roles.includes(id);
      line.append(box, " " + label);
      choices.append(line);
    });
    who.append(choices);
    form.append(who);
    if (!row.closed && told.activities.length) {
      form.append(made("label", { class: "block", for: "what-" + count }, "What it was"));
      const what = made("select", { id: "what-" + count });
      if (!row.activity) { what.append(new Option("not coded", "")); }
      told.activities.forEach(([id, label]) => what.append(new Option(label, id, id === row.activity, id === row.activity)));
      form.append(what);
    }
    return form;
  }
  function uncheck(box) {
    all(".choices input", box).forEach((input) => { if (input.type === "radio") { input.checked = false; } });
    read(box);
  }
  function views() { return all('[data-q^="view "]'); }
  // Many answers at one stroke are kept at one stroke.
  function together(work) {
    waiting = true;
    work();
    waiting = false;
    keep();
    tally();
  }
  function agreeToRest() {
    rest = views().filter((box) => !find(box.dataset.q) && !told.rows[question(box)[1]].before);
    together(() => rest.forEach((box) => { box.querySelector("input[value=agree]").checked = true; read(box); }));
    $("rest-said").textContent = many(rest.length, "row", "rows") + " agreed to.";
    $("rest-back").hidden = !rest.length;
  }

  // --- showing ---
  function lock() {
    const shown = Object.keys(told.shows).filter((of) => find("reveal " + of) || panel(of).hasAttribute("data-seen"));
    const seen = (of) => open() || shown.some((each) => told.shows[each].includes(of));
    const any = open() || told.something || said.some((pair) => pair[1].kind === "reveal");
    all("fieldset[data-lock]").forEach((box) => {
      const [kind, arg] = question(box);
      box.disabled = kind === "estimate" ? seen(arg) : any;
      box.querySelector(".locked").hidden = !box.disabled;
    });
    all('[data-q^="guess "]').forEach((box) => { box.querySelector("input").disabled = seen(question(box)[1]); });
  }
  // Whether the whole day has been shown, here or before this page was written.
  function open() { return told.shown || Boolean(find("reveal day")); }
  function panel(of) { return all("[data-panel]").find((each) => each.dataset.panel === of); }
  function unveil(of) {
    const place = panel(of), shown = place.querySelector(".shown");
    place.querySelector("[data-reveal]").hidden = true;
    shown.hidden = false;
    const guess = given("guess " + of), estimate = given("estimate " + of);
    all("[data-yours]", place).forEach((cell) => {
      const code = cell.dataset.yours;
      if (!code && cell.tagName === "SPAN") { cell.textContent = guess ? "you guessed " + guess.number.toLocaleString("en-GB") : "you made no guess"; }
      if (estimate && code in estimate.shares) { cell.textContent = estimate.shares[code] + " %"; }
    });
    if (estimate) {
      all("[data-weight]", place).forEach((cell) => { if (cell.dataset.weight in estimate.importance) { cell.textContent = estimate.importance[cell.dataset.weight]; } });
      all("[data-mark]", place).forEach((mark) => {
        const share = estimate.shares[mark.dataset.mark];
        if (share !== undefined) { mark.setAttribute("x", Math.min(share * 10, 980)); mark.removeAttribute("hidden"); }
      });
    }
    return shown;
  }
  function reveal(of) {
    const box = all("[data-q]").find((each) => each.dataset.q === "estimate " + of || each.dataset.q === "guess " + of);
    const words = box ? fault(box) : "";
    if (words) { show(box); box.querySelector("input").focus(); return; }
    put("reveal " + of, { kind: "reveal", of: of });
    lock();
    unveil(of).focus();
  }
  function unlock() {
    const bad = all("#before [data-q]").find(fault);
    if (bad) { show(bad); bad.querySelector("input").focus(); return; }
    put("reveal day", { kind: "reveal", of: "day" });
    opened();
    $("timeline-start").focus();
  }
  function opened() {
    $("gate").hidden = open();
    all(".after").forEach((each) => { each.hidden = !open(); });
    lock();
  }

  // --- what was kept ---
  const FILL = {
    place: (box, entry) => { const input = box.querySelector("input"); input.value = entry.value; input.removeAttribute("data-empty"); },
    estimate: (box, entry) => {
      all("[data-share]", box).forEach((input) => { input.value = entry.shares[input.dataset.share] ?? ""; });
      all("[data-importance]", box).forEach((input) => { input.value = entry.importance[input.dataset.importance] ?? ""; });
    },
    guess: (box, entry) => { box.querySelector("input").value = entry.number; },
    view: (box, entry) => {
      all(".choices input", box).forEach((input) => { input.checked = input.value === entry.view; });
      if (entry.comment) { box.setAttribute("data-wordy", ""); }
      extra(box, entry.episode);
      if (entry.comment && box.querySelector(".words")) { box.querySelector(".words textarea").value = entry.comment; }
      if (entry.who) { all(".who input", box).forEach((input) => { input.checked = entry.who.includes(input.value); }); }
      if (entry.what) { box.querySelector(".extra select").value = entry.what; }
    },
    typical: (box, entry) => {
      all("input", box).forEach((input) => { input.checked = Number(input.value) === entry.rating; });
      $("unusual").value = entry.unusual;
    },
    answer: (box, entry) => { box.querySelector("textarea").value = entry.text; },
    signoff: (box) => { box.checked = true; },
    release: (box, entry) => { all("input", box).forEach((input) => { input.checked = entry.layers.length ? entry.layers.includes(input.value) : !input.value; }); },
  };
  function restore() {
    all("[data-q]").forEach((box) => {
      const [kind] = question(box), before = kind === "view" ? null : earlier(box.dataset.q);
      if (before) { FILL[kind](box, before); }
      if (before && kind === "signoff") { box.disabled = true; }
    });
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(STORE) || "null"); } catch (error) { kept = null; }
    if (!kept || !Array.isArray(kept.said)) { return; }
    said = kept.said;
    last = said.reduce((latest, pair) => Math.max(latest, pair[1].at), 0);
  }
  function fill() {
    all("[data-q]").forEach((box) => { const entry = find(box.dataset.q); if (entry) { FILL[question(box)[0]](box, entry); } });
    all("[data-q]").forEach(show);
    all("[data-panel]").forEach((each) => { if (each.hasAttribute("data-seen") || find("reveal " + each.dataset.panel)) { unveil(each.dataset.panel); } });
    opened();
    tally();
  }

  // --- saving ---
  function doubt(area) {
    const what = personal(plain(area.value));
    let words = area.nextElementSibling;
    if (!words || !words.matches(".doubt")) {
      words = made("p", { class: "doubt", role: "status" });
      area.after(words);
    }
    words.textContent = what ? "This looks as if it held " + what + ". Write a role instead; if it names nobody, leave it." : "";
    words.hidden = !what;
    return what;
  }
  function save() {
    const wrongs = all("[data-q]").map((box) => [box, fault(box)]).filter((each) => each[1]);
    const areas = all("textarea").filter((area) => !area.closest("[hidden]") && doubt(area));
    const doubts = areas.filter((area) => !meant.has(area.value)).map((area) => [area.closest("[data-q]"), "looks as if it held " + doubt(area) + "."]);
    const found = wrongs.length ? wrongs : doubts;
    const list = $("problems");
    list.textContent = "";
    found.forEach(([box, words]) => {
      if (wrongs.length) {
        const problem = box.querySelector(".problem");
        problem.textContent = words;
        problem.hidden = false;
      }
      box.id = box.id || "q-" + (count += 1);
      const row = told.rows[question(box)[1]];
      const label = box.querySelector(":scope > legend, :scope > label");
      const item = made("li"), link = made("a", { href: "#" + box.id }, row ? row.at : label.textContent.trim());
      item.append(link, ": " + words);
      list.append(item);
    });
    list.hidden = !found.length;
    const file = { format: told.format, version: told.version, observation: told.observation, page: told.page, made_at: Math.max(last, Date.now()), said: said.map((pair) => pair[1]) };
    file.digest = seal(told.key, canonical(file));
    const text = canonical(file) + "\n";
    let words = "";
    if (wrongs.length) { words = "Not saved yet: please look at what is named above."; }
    else if (doubts.length) {
      areas.forEach((area) => meant.add(area.value));
      words = "Not saved yet: names should not be in it. Please write roles instead; if none of these names anybody, press Save my answers again.";
    }
    else if (!said.length) { words = "Nothing is answered yet, so there is nothing to save."; }
    else if (new TextEncoder().encode(text).length > told.largest) { words = "Your answers are longer than a file of them may be (" + told.largest / 1000000 + " MB). Please shorten some."; }
    else {
      const link = made("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: told.name });
      document.body.append(link);
      link.click();
      link.remove();
      unsaved = false;
      words = "Saved as " + told.name + " where this browser puts downloads. Nothing was sent: give that file back. You can go on and save again; the newest file holds everything.";
    }
    $("saved").textContent = words;
    $("saved").focus();
  }

  // --- listening ---
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-q]");
    if (!box) { return; }
    event.target.removeAttribute("data-empty");
    if (event.target.matches(".who input") && event.target.checked) {
      const alone = "alone" in event.target.dataset;
      all(".who input", box).forEach((input) => { if (input !== event.target && (alone || "alone" in input.dataset)) { input.checked = false; } });
    }
    if (event.target.closest('[data-q="release"]') && event.target.checked) {
      all("input", box).forEach((input) => { if (input !== event.target && Boolean(input.value) !== Boolean(event.target.value)) { input.checked = false; } });
    }
    read(box);
  });
  // A slider left where it stands is an answer too, once it was touched or Enter was pressed on it.
  ["pointerup", "keydown"].forEach((kind) => document.addEventListener(kind, (event) => {
    if (!event.target.matches || !event.target.matches("input[data-empty]") || event.target.matches(":disabled") || (kind === "keydown" && event.key !== "Enter")) { return; }
    event.target.removeAttribute("data-empty");
    read(event.target.closest("[data-q]"));
  }));
  document.addEventListener("change", (event) => { if (event.target.matches("textarea")) { doubt(event.target); } });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) { return; }
    const box = button.closest("[data-q]");
    if (button.dataset.reveal) { reveal(button.dataset.reveal); }
    if ("words" in button.dataset) { box.setAttribute("data-wordy", ""); show(box); box.querySelector(".words textarea").focus(); }
    if ("none" in button.dataset) { uncheck(box); box.querySelector(".choices input").focus(); }
  });
  $("open").addEventListener("click", unlock);
  $("rest").addEventListener("click", agreeToRest);
  $("rest-back").addEventListener("click", () => {
    together(() => rest.filter((box) => (find(box.dataset.q) || {}).view === "agree").forEach(uncheck));
    $("rest-said").textContent = "Taken back.";
    $("rest-back").hidden = true;
    $("rest").focus();
  });
  $("save").addEventListener("click", save);
  $("clear").addEventListener("click", () => { $("clearing").hidden = false; $("clear-no").focus(); });
  $("clear-no").addEventListener("click", () => { $("clearing").hidden = true; $("clear").focus(); });
  $("clear-yes").addEventListener("click", () => {
    // What was shown stays shown.
    said = said.filter((pair) => pair[1].kind === "reveal");
    keep();
    unsaved = false;
    location.reload();
  });
  // The same page in another tab: what was said there last counts, and what was shown there was shown.
  window.addEventListener("storage", (event) => {
    if (event.key !== STORE || !event.newValue) { return; }
    const mine = new Map(said), theirs = new Map(JSON.parse(event.newValue).said);
    theirs.forEach((entry, question) => {
      const known = mine.get(question);
      if (!known || known.at < entry.at) { mine.set(question, entry); }
    });
    said = Array.from(mine).sort((one, other) => one[1].at - other[1].at);
    fill();
    // Only what the other tab lacks is told back, so that the two come to rest.
    if (said.some(([question, entry]) => canonical(theirs.get(question) || 0) !== canonical(entry))) { keep(); }
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved && !keeps) { event.preventDefault(); } });

  all("input, select, textarea").forEach((each) => { each.setAttribute("autocomplete", "off"); });
  restore();
  fill();
})();
