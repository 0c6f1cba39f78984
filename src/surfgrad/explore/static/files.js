// Files in and out: the server reads and writes them, the browser chooses where they are.

const $ = (id) => document.getElementById(id);

async function answered(url, options) {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok) throw new Error(text || `the server refused (${response.status})`);
  return JSON.parse(text);
}

export const begin = () => answered("start");

// Ask for a file in the dialog; `take` gets what the server has read in it.
export function openDialog(kind, units, take) {
  const dialog = $("open-dialog");
  $("open-title").textContent = kind === "model" ? "Open a model" : "Open observed curves";
  $("open-hint").textContent =
    kind === "model" ? "model96, CSV, Geopsy, .nd or .tvel" : "SURF96, Geopsy or CSV; a sigma of 0 counts as not given";
  $("open-said").hidden = kind === "model";
  $("open-units").value = units;
  $("open-wrong").textContent = "";
  $("open-file").value = "";
  $("open-go").onclick = async () => {
    const file = $("open-file").files[0];
    if (!file) {
      $("open-wrong").textContent = "choose a file first";
      return;
    }
    const said = kind === "model" ? {} : { wave: $("open-wave").value, kind: $("open-kind").value, mode: $("open-mode").value };
    const query = new URLSearchParams({ name: file.name, units: $("open-units").value, ...said });
    try {
      take(await answered(`open/${kind}?${query}`, { method: "POST", body: file }));
      dialog.close();
    } catch (error) {
      $("open-wrong").textContent = error.message;
    }
  };
  dialog.showModal();
}

const UNITS = { model96: ["km"], nd: ["km"], tvel: ["km"], surf96: ["km"], geopsy: ["si"], geopsy2: ["si"], csv: ["km", "si"] };
const WORDS = {
  model96: "model96 (CPS)", csv: "CSV", geopsy: "Geopsy", geopsy2: "Geopsy 2", nd: "TauP .nd", tvel: "TauP .tvel", surf96: "SURF96",
};

export function saveDialog(kind, formats, units, hint, asked, told) {
  const dialog = $("save-dialog");
  $("save-title").textContent = kind === "model" ? "Save the model" : "Save the curves that are shown";
  $("save-hint").textContent = hint;
  $("save-said").hidden = kind === "model";
  $("save-wrong").textContent = "";
  $("save-format").replaceChildren(...formats.map((format) => new Option(WORDS[format] ?? format, format)));
  const fit = () => {
    const allowed = UNITS[$("save-format").value];
    for (const option of $("save-units").options) option.disabled = !allowed.includes(option.value);
    $("save-units").value = allowed.includes(units) ? units : allowed[0];
  };
  $("save-format").onchange = fit;
  fit();
  $("save-go").onclick = async () => {
    const body = JSON.stringify({ ...asked(), format: $("save-format").value, units: $("save-units").value });
    try {
      const saved = await answered(`save/${kind}`, { method: "POST", body });
      hand(saved);
      dialog.close();
      const left = saved.left_out ? `; ${saved.left_out} values that the model does not have are not in it` : "";
      told(`saved ${saved.name}${left}`);
    } catch (error) {
      $("save-wrong").textContent = error.message;
    }
  };
  dialog.showModal();
}

function hand(saved) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([saved.text], { type: "text/plain" }));
  link.download = saved.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
