// Starts `demur lsp` for letters, packs and configurations.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

exports.activate = () => {
  const settings = workspace.getConfiguration("demur");
  const server = {
    command: settings.get("command", "demur"),
    args: ["lsp", ...settings.get("arguments", [])],
  };
  const languages = ["plaintext", "markdown", "html", "yaml"];
  const documentSelector = languages.map((language) => ({ language }));
  client = new LanguageClient("demur", "demur", server, { documentSelector });
  return client.start();
};

exports.deactivate = () => client?.stop();
