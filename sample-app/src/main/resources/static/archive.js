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

function button(text, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.onclick = action;
  return element;
}

function line(text, className = "") {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  return element;
}

/* What was found out about a file, in a row of its own below the file's. */
function report(fileRow, ...lines) {
  if (fileRow.nextElementSibling?.classList.contains("report")) {
    fileRow.nextElementSibling.remove();
  }
  const found = document.createElement("div");
  found.append(...lines);
  const reportRow = row(wide(found, 4));
  reportRow.className = "report";
  fileRow.after(reportRow);
}

async function remove(file, fileRow) {
  const response = await fetch(urlOf(file.path), { method: "DELETE" });
  if (!response.ok) {
    report(fileRow, line(failureOf(response, await response.text()), "bad"));
    return;
  }
  await refresh();
}

function failureOf(response, text) {
  return parse(text).detail ?? `The answer was ${response.status}`;
}

/* Downloads through this page, because only then it sees the headers that say whose copy it is. */
async function download(file, fileRow) {
  const response = await fetch(urlOf(file.path));
  if (!response.ok) {
    report(fileRow, line(failureOf(response, await response.text()), "bad"));
    return;
  }
  const passedOver = response.headers.get("X-Passed-Over");
  const served = `Served by ${response.headers.get("X-Served-By")}.`;
  report(fileRow, line(passedOver ? `${served} Passed over: ${passedOver}.` : served, passedOver ? "bad" : "good"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = file.path.split("/").pop();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const verdicts = {
  equal: (found) => `All copies are equal (${found.strength.toLowerCase().replace("_", " ")}).`,
  different: (found) =>
    `The copies differ${found.offset === undefined ? "" : `, first at byte ${found.offset}`}: ${found.difference}.`,
  absent: () => "No target holds a copy.",
  undecided: () => "Not every target could be asked; those that could do not differ.",
};

function copyLine(copy) {
  if (copy.answer !== "held") {
    return line(`${copy.target}: ${copy.answer}${copy.failure ? ` (${copy.failure})` : ""}`, "bad");
  }
  const matches = { true: "is what was uploaded", false: "is NOT what was uploaded" }[copy.matchesReceipt];
  const said = [`${copy.size} bytes`, copy.checksum, matches ?? "cannot be compared with the receipt"];
  return line(`${copy.target}: ${said.filter(Boolean).join(", ")}`, { true: "good", false: "bad" }[copy.matchesReceipt]);
}

async function compare(file, fileRow) {
  const response = await fetch(`${urlOf(file.path)}?compare`);
  const text = await response.text();
  if (!response.ok) {
    report(fileRow, line(failureOf(response, text), "bad"));
    return;
  }
  const found = parse(text);
  const receipt = found.receipt
    ? `Receipt: ${found.receipt.size} bytes, ${found.receipt.checksum}`
    : "No receipt was kept.";
  report(
    fileRow,
    line(verdicts[found.result](found), found.result === "equal" ? "good" : "bad"),
    ...found.copies.map(copyLine),
    line(receipt),
  );
}

function listRow(file) {
  const link = document.createElement("a");
  link.href = urlOf(file.path);
  link.textContent = file.path;
  const name = document.createElement("div");
  name.append(link);
  if (file.difference) {
    name.append(line(`The copies differ: ${file.difference}`, "bad"));
  }
  const actions = document.createElement("div");
  const fileRow = row(
    cell(name),
    cell(file.size < 0 ? "" : bytes(file.size), "number"),
    cell(file.lastModified ? new Date(file.lastModified).toLocaleString() : ""),
    cell(actions, "number"),
  );
  link.onclick = (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      download(file, fileRow);
    }
  };
  actions.append(
    button("Compare", () => compare(file, fileRow)),
    " ",
    button("Delete", () => remove(file, fileRow)),
  );
  return fileRow;
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
