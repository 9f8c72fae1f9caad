"use strict";

const receipts = document.getElementById("receipts");
const list = document.getElementById("list");
const drop = document.getElementById("drop");
const files = document.getElementById("files");

function cell(content, className = "") {
  const td = document.createElement("td");
  td.className = className;
  td.append(content);
  return td;
}

function row(...cells) {
  const tr = document.createElement("tr");
  tr.append(...cells);
  return tr;
}

function wide(content, columns, className) {
  const td = cell(content, className);
  td.colSpan = columns;
  return td;
}

function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return `${unit === 0 ? count : count.toFixed(1)} ${units[unit]}`;
}

function urlOf(path) {
  return "archive/" + path.split("/").map(encodeURIComponent).join("/");
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/* One row per target; on failure one more that says why. */
function receiptRows(path, answer) {
  const rows = (answer.targets ?? []).map((target) => {
    const receipt = target.receipt ?? {};
    const good = target.outcome === "committed";
    return row(
      cell(path),
      cell(target.target),
      cell(target.outcome, good ? "good" : "bad"),
      cell(receipt.size === undefined ? "" : bytes(receipt.size), "number"),
      cell(code(receipt.checksum ?? "")),
      cell((receipt.strength ?? "").toLowerCase().replace("_", " ")),
      cell(`${target.durationMillis} ms`, "number"),
    );
  });
  const failed = answer.detail ?? answer.error;
  return failed ? [row(cell(path), wide(failed, 6, "bad")), ...rows] : rows;
}

/* fetch() does not report the progress of an upload; this older interface does. */
function send(path, file, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", urlOf(path));
    if (document.getElementById("create-only").checked) {
      request.setRequestHeader("If-None-Match", "*");
    }
    if (file.type) {
      request.setRequestHeader("Content-Type", file.type);
    }
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const answer = parse(request.responseText);
      resolve(request.status < 300 ? answer : { detail: `The answer was ${request.status}`, ...answer });
    };
    request.onerror = () => resolve({ detail: "The connection was lost before an answer came" });
    request.send(file);
  });
}

async function upload(file) {
  const folder = document.getElementById("folder").value.trim().replace(/^\/+|\/+$/g, "");
  const path = (folder ? folder + "/" : "") + file.name;
  const progress = document.createElement("progress");
  progress.max = Math.max(file.size, 1);
  const pending = row(cell(path), wide(progress, 6));
  receipts.querySelector(".empty")?.remove();
  receipts.prepend(pending);
  const answer = await send(path, file, (sent) => (progress.value = sent));
  pending.replaceWith(...receiptRows(path, answer));
}

async function uploadAll(picked) {
  for (const file of picked) {
    await upload(file);
    await refresh();
  }
}

function listRow(file) {
  const link = document.createElement("a");
  link.href = urlOf(file.path);
  link.textContent = file.path;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "Delete";
  remove.onclick = async () => {
    const response = await fetch(urlOf(file.path), { method: "DELETE" });
    if (!response.ok) {
      receipts.prepend(...receiptRows(file.path, parse(await response.text())));
    }
    await refresh();
  };
  return row(
    cell(link),
    cell(bytes(file.size), "number"),
    cell(new Date(file.lastModified).toLocaleString()),
    cell(remove, "number"),
  );
}

async function refresh() {
  const response = await fetch("archive");
  const rows = response.ok ? (await response.json()).map(listRow) : [];
  if (rows.length === 0) {
    const empty = row(wide(response.ok ? "Nothing yet." : "The list could not be read.", 4));
    empty.className = "empty";
    rows.push(empty);
  }
  list.replaceChildren(...rows);
}

files.addEventListener("change", async () => {
  await uploadAll([...files.files]);
  files.value = "";
});
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  uploadAll([...event.dataTransfer.files]);
});
document.getElementById("upload").addEventListener("submit", (event) => event.preventDefault());
refresh();
