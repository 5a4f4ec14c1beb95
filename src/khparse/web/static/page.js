// What the page does better with a script: files by dropping, pages as they are scrolled to, a record and its mark together.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const csrf = document.body.dataset.csrf || "";
  const post = (url, body) =>
    fetch(url, { method: "POST", body, headers: { accept: "application/json", "x-csrf-token": csrf } });

  // ---- names of offices, while they are typed
  let listNumber = 0;
  for (const input of document.querySelectorAll("input[data-offices]")) {
    const list = document.createElement("datalist");
    list.id = `offices-${++listNumber}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (input.value.trim().length < 2) return;
        const answer = await fetch(`/offices.json?size=12&q=${encodeURIComponent(input.value)}`);
        if (!answer.ok) return;
        const { rows } = await answer.json();
        list.replaceChildren(...rows.map((row) => Object.assign(document.createElement("option"), { value: row.name })));
      }, 120);
    });
  }

  // ---- files
  const say = document.documentElement.lang === "en"
    ? { again: "Try again", anyway: "Take it anyway", open: "See commitments", waiting: "waiting to be sent", sending: "being sent", lost: "not sent: the server does not answer" }
    : { again: "Thử lại", anyway: "Vẫn đưa vào", open: "Xem cam kết", waiting: "chờ gửi", sending: "đang gửi", lost: "chưa gửi được: máy chủ không trả lời" };
  const line = (row) => {
    const item = document.createElement("li");
    item.className = `job ${row.state}`;
    if (row.id) item.dataset.job = row.id;
    item.dataset.state = row.state;
    const name = document.createElement("span");
    name.className = "job-name";
    name.textContent = row.name;
    const said = document.createElement("span");
    said.className = "job-said";
    said.textContent = [row.said, ...(row.notices || [])].filter(Boolean).join("; ");
    item.append(name, said);
    if (row.state === "queued" || row.state === "working" || row.state === "sending") {
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", row.name);
      if (row.of) { bar.max = row.of; bar.value = row.done; }
      item.append(bar);
    }
    if (row.plan) {
      const open = Object.assign(document.createElement("a"), { href: row.plan, textContent: say.open, className: "job-open" });
      open.setAttribute("aria-label", `${say.open}: ${row.name}`);
      item.append(open);
    }
    if (row.state === "failed" && row.id) {
      const actions = Object.assign(document.createElement("span"), { className: "job-actions" });
      item.append(actions);
      const again = (words, any) => {
        const button = Object.assign(document.createElement("button"), { textContent: words, className: "second" });
        button.addEventListener("click", async () => {
          const body = new FormData();
          if (any) body.append("any", "1");
          const answer = await post(`/upload/${row.id}/retry`, body);
          if (answer.ok) { const next = line(await answer.json()); item.replaceWith(next); follow(next); }
        });
        actions.append(button);
      };
      again(say.again, false);
      if (row.wrong_kind) again(say.anyway, true);
    }
    return item;
  };
  const follow = async (item) => {
    let wait = 400;
    for (;;) {
      await new Promise((done) => setTimeout(done, wait));
      wait = Math.min(wait * 1.2, 2000);
      if (!item.isConnected) return;
      let row;
      try {
        const answer = await fetch(`/upload/${item.dataset.job}.json`);
        if (!answer.ok) return;
        row = await answer.json();
      } catch { continue; }
      const next = line(row);
      item.replaceWith(next);
      item = next;
      if (row.state === "done" || row.state === "failed") {
        if (row.state === "done") refresh();
        return;
      }
    }
  };
  // the start page's figures, when a plan has come in
  const refresh = async () => {
    const parts = document.querySelectorAll("[data-fresh]");
    if (!parts.length || document.querySelector(".job.queued, .job.working, .job.sending")) return;
    const answer = await fetch("/");
    if (!answer.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const other = made.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      if (other && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(other));
    }
  };
  for (const item of document.querySelectorAll(".job[data-state=queued], .job[data-state=working]")) follow(item);

  const send = async (files, jobs) => {
    const rows = files.map((file) => line({ name: file.name, state: "sending", said: say.waiting }));
    jobs.prepend(...rows);
    for (const [index, file] of files.entries()) {
      const waiting = rows[index];
      waiting.querySelector(".job-said").textContent = say.sending;
      const body = new FormData();
      body.append("files", file, file.name);
      try {
        const answer = await post("/upload/send", body);
        const told = await answer.json();
        const row = told.rows ? told.rows[0] : { name: file.name, state: "failed", said: told.error };
        const item = line(row);
        waiting.replaceWith(item);
        if (row.id) follow(item);
      } catch {
        waiting.replaceWith(line({ name: file.name, state: "failed", said: say.lost }));
      }
    }
  };
  // what others put in meanwhile
  const recent = document.querySelector("[data-recent]");
  const look = async () => {
    try {
      const answer = await fetch("/upload.json");
      if (!answer.ok) return;
      const { rows } = await answer.json();
      for (const row of rows.reverse()) {
        if (recent.querySelector(`[data-job="${row.id}"]`) || recent.querySelector(".job.sending")) continue;
        const item = line(row);
        recent.prepend(item);
        if (row.state === "queued" || row.state === "working") follow(item);
      }
    } catch { /* the server is away: the next look tells */ }
  };
  if (recent) setInterval(() => { if (!document.hidden) look(); }, 4000);
  const walk = async (entry, found) => {
    if (entry.isFile) found.push(await new Promise((done, failed) => entry.file(done, failed)));
    else if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) break;
        for (const one of some) await walk(one, found);
      }
    }
  };
  const wanted = (file) => !file.name.startsWith(".") && !file.name.startsWith("~$");
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const jobs = document.querySelector("[data-recent]") || form.nextElementSibling;
    for (const input of form.querySelectorAll("input[type=file]"))
      input.addEventListener("change", () => { send([...input.files].filter(wanted), jobs); input.value = ""; });
    for (const kind of ["dragenter", "dragover"])
      form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
      const found = [];
      if (entries.some(Boolean)) for (const entry of entries.filter(Boolean)) await walk(entry, found);
      else found.push(...event.dataTransfer.files);
      send(found.filter(wanted), jobs);
    });
  }

  // ---- a conflict: each page scrolled to its mark
  for (const sheet of document.querySelectorAll("[data-cropped]")) {
    const mark = sheet.querySelector(".marks rect");
    if (!mark) continue;
    const picture = sheet.querySelector("img");
    const show = () => {
      const from = sheet.getBoundingClientRect(), at = mark.getBoundingClientRect();
      sheet.scrollTop += at.top - from.top - sheet.clientHeight / 3;
    };
    if (!picture || picture.complete) show(); else picture.addEventListener("load", show, { once: true });
  }

  // ---- a plan: pages as they come into sight, a record and its place together
  const pages = document.querySelector("#pages");
  if (!pages) return;
  const load = async (sheet) => {
    if (!sheet || !sheet.dataset.load) return sheet && sheet.loading;
    const url = sheet.dataset.load;
    delete sheet.dataset.load;
    sheet.loading = (async () => {
      const answer = await fetch(url);
      if (!answer.ok) { sheet.dataset.load = url; return; }
      const made = document.createElement("template");
      made.innerHTML = await answer.text();
      sheet.querySelector(".paper").replaceWith(made.content.querySelector(".paper"));
    })();
    return sheet.loading;
  };
  const seen = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => load(entry.target)),
    { root: null, rootMargin: "600px" },
  );
  pages.querySelectorAll(".sheet[data-load]").forEach((sheet) => seen.observe(sheet));

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const light = (name) => {
    document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
    document.querySelectorAll(`[data-record="${CSS.escape(name)}"]`).forEach((element) => element.classList.add("lit"));
  };
  const toMark = async (record) => {
    const name = record.dataset.record;
    const sheet = document.querySelector(`#page-${record.dataset.page}`);
    if (sheet) await load(sheet);
    light(name);
    const mark = document.getElementById(`at-${name}`) || sheet;
    if (mark) mark.scrollIntoView({ block: "center", behavior: sheet && sheet.previousElementSibling ? "auto" : calm });
  };
  const toRecord = (name, focus) => {
    const record = document.getElementById(name);
    if (!record) return;
    light(name);
    record.scrollIntoView({ block: "center", behavior: calm });
    if (focus) record.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target.closest(".pages") && link && link.dataset.record) {
      event.preventDefault();
      history.replaceState(null, "", `#${link.dataset.record}`);
      toRecord(link.dataset.record, true);
    } else if (link && link.dataset.toPage) {
      event.preventDefault();
      const sheet = document.querySelector(`#page-${link.dataset.toPage}`);
      load(sheet).then?.(() => {});
      sheet.scrollIntoView({ block: "start", behavior: "auto" });
    } else {
      const record = event.target.closest(".record");
      if (!record || event.target.closest("form, .offices") || (link && !("place" in link.dataset))) return;
      event.preventDefault();
      history.replaceState(null, "", `#${record.id}`);
      toMark(record);
    }
  });
  const asked = location.hash.slice(1);
  const first = asked && document.getElementById(asked);
  if (first && first.classList.contains("record")) { toRecord(asked, false); toMark(first); }

  // ---- marking words in the text to add a record
  const text = document.querySelector("[data-may-add]");
  const menu = document.querySelector("[data-add-menu]");
  if (!text || !menu) return;
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    const from = selection.anchorNode;
    const paragraph = from && (from.nodeType === 1 ? from : from.parentElement).closest("p[data-start]");
    menu.hidden = !(words && paragraph && text.contains(paragraph) && paragraph.contains(selection.focusNode));
    if (menu.hidden) return;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
    const start = Number(paragraph.dataset.start) + before.toString().length;
    for (const link of menu.querySelectorAll("a[data-add]"))
      link.href = `/plans/${text.dataset.plan}/new?kind=${link.dataset.add}&start=${start}&quote=${encodeURIComponent(words)}`;
  });
})();
