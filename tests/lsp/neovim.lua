-- Runs in `nvim --headless` on a letter: shows what is found, makes the first code action, shows what is left, saves.
-- The command of the server is in `DEMUR`, and what is seen is written into the file `seen`.
local seen = {}

local function say_findings(wanted)
  vim.wait(20000, function() return wanted(#vim.diagnostic.get(0)) end, 10)
  table.insert(seen, #vim.diagnostic.get(0) .. " found")
  for _, found in ipairs(vim.diagnostic.get(0)) do
    local place = string.format("%d:%d-%d:%d", found.lnum, found.col, found.end_lnum, found.end_col)
    table.insert(seen, place .. " " .. found.message)
  end
end

local function session()
  local id = vim.lsp.start_client({ name = "demur", cmd = { vim.env.DEMUR, "lsp" }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, id)
  say_findings(function(count) return count > 0 end)

  local client = vim.lsp.get_client_by_id(id)
  local found = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
  local answer = client.request_sync("textDocument/codeAction", params, 20000, 0)
  table.insert(seen, answer.result[1].title)
  vim.lsp.util.apply_workspace_edit(answer.result[1].edit, client.offset_encoding)
  say_findings(function(count) return count == 0 end)
  vim.cmd("write")
  vim.lsp.stop_client(id)
  table.insert(seen, vim.wait(20000, function() return client.is_stopped() end, 10) and "stopped" or "still there")
end

local went, trouble = pcall(session)
if not went then table.insert(seen, trouble) end
vim.fn.writefile(seen, "seen")
vim.cmd("qall!")
