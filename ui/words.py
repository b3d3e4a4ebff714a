"""Every word the page and the command line say, in Chinese and in English.

``say(language, key, **facts)`` fills a phrase in. Both tables have the same keys and the same
``{facts}``; a test holds that. Errors carry their own words (``corpus.errors``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]

ZH: Mapping[str, str] = {
    # the page's frame
    "title": "出处 Chuchu",
    "masthead": "# 出处\n\n每一句回答，都指给你看它在原文的哪里",
    "tab_ask": "问答",
    "tab_own": "问我的文本",
    "now_reading": "正在问「{name}」（{count} 篇）",
    "back": "换回原来的文章",
    "loading": "正在打开文章…",
    "other_language": "English",
    "shade": "明暗",
    "toast_note": "提示",
    "lost_title": "连不上了",
    "lost": "和程序的连接断了，正在重新连接。连上后会刷新页面，没答完的问题会回到输入框里。",
    "toast_problem": "没有成功",
    # earlier conversations
    "new_talk": "新对话",
    "earlier_talks": "以前的对话",
    "talks_kept": "只保存在这个浏览器里",
    "delete_talk": "删除",
    "delete_surely": "确定删除",
    "text_changed": "这是以前的回答；此后原文改过，出处可能对不上，请再问一次。",
    "not_a_talk": "这段对话读不出来了，没有改动它。请开始新对话。",
    # asking
    "conversation": "对话",
    "question": "问题",
    "ask_here": "就原文提问，Enter 发送",
    "send": "发送",
    "empty_question": "先写下你想问的，再发送。",
    "thinking": "正在原文里找…",
    "warming": "正在准备（第一次提问要先装载模型，通常几秒）…",
    "again": "出了意外，这个问题没有答成。请再问一次；如果还是这样，请到项目主页告诉我们。",
    "understood": "理解为：",
    # the answer
    "edit": "改一改再问",
    "sources": "出处 {count} 处",
    "sure_high": "很有把握",
    "sure_fair": "较有把握",
    "sure_low": "把握不大，请核对原文",
    "copy": "复制",
    "copy_markdown": "复制为 Markdown",
    "copied": "已复制",
    "copied_from": "出处",
    "vote_good": "答得好",
    "vote_bad": "答得不好",
    "vote_thanks": "收到，谢谢。还可以说说哪里好、哪里不对：",
    "vote_comment": "补充一句（可不填）",
    "vote_agree": "同意在这台电脑上保存这次的问题、回答和引文（不勾就只记编号和位置）",
    "vote_send": "提交",
    "vote_close": "不用了",
    "vote_kept": "已经记下。",
    "vote_lost": "没能记下来，请稍后再试。",
    "open_source": "在原文中看第 {number} 处出处",
    "refused": "文中没有答案",
    "not_answer": "最接近的一句，但这不是答案",
    "see_in_text": "在原文中看",
    "try_these": "这篇文本能回答：",
    # the welcome
    "welcome": "向这篇文章提问",
    "welcome_lead": "答案只取自原文，每句都标出处，点一下就能看到它在文中的位置。"
    "文中没有的，会直说没有。",
    "welcome_own": "可以就你的文本提问了",
    "own_invite": "也可以问你自己的文本 →",
    "kind_fact": "事实",
    "kind_list": "清单",
    "kind_count": "数目",
    "kind_why": "原因",
    "kind_yesno": "是否",
    "kind_overview": "概述",
    "kind_follow": "追问",
    "kind_refused": "文中没有的",
    "then": "接着问",
    # the article pane
    "article": "原文",
    "choose_document": "看哪一篇",
    "close_article": "关闭原文",
    "outline": "目录",
    "previous_place": "上一处",
    "next_place": "下一处",
    "ask_this": "就此提问",
    "set_aside": "网页上的其他文字（{count} 行），不参与回答",
    # one's own text
    "own_lead": "粘贴一段文字，或上传几个文件，然后只就它们提问。"
    "文本只留在运行本程序的这台电脑上，只有你的这个浏览器找得到；"
    "{days} 天不用就自动删除，也可以随时在本页删除。",
    "own_lead_shared": "粘贴一段文字，或上传几个文件，然后只就它们提问。"
    "这里的文本由所有访问者共用：人人都能问到、添加和删除，一直留到有人删除为止。",
    "asked_of": "现在问哪一组文本",
    "servers_own": "原来的文章",
    "held": "「{name}」里的文本",
    "held_entry": "{title}（{characters} 字，{added} 加入）",
    "remove": "移除勾选的文本",
    "nothing_ticked": "先勾选要移除的文本。",
    "delete": "删除整组",
    "delete_all": "立即删除我的全部文本",
    "delete_sure": "真的要删除「{name}」吗？里面的 {count} 篇文本都会从这台电脑上删掉，不能恢复。",
    "delete_all_sure": "真的要删除你带来的全部 {count} 组文本吗？不能恢复。",
    "delete_yes": "删除",
    "delete_no": "不删",
    "deleted": "已经删除。",
    "add_to": "加到哪一组",
    "add_to_new": "新的一组",
    "name": "新的一组叫什么（可不填）",
    "name_here": "不填就用第一篇文本的标题",
    "paste": "粘贴要问的文字",
    "paste_here": "一篇文章、一份合同、一段笔记……",
    "paste_title": "粘贴文字的标题（可不填）",
    "paste_title_here": "给它起个名字",
    "pasted": "粘贴的文字",
    "upload": "或上传文件（.txt、.md、.html，可多选）",
    "build": "读入并提问",
    "stop": "停止",
    "stopping": "正在停下…",
    "more_options": "更多选项",
    "nothing_given": "请先粘贴文字，或选择文件。",
    "stage_file": "正在读 {name}",
    "stage_reading": "正在读文本",
    "stage_waiting": "前面还有别的文本在读，轮到就开始",
    "stage_loading": "正在整理（程序启动后的第一次要久一些）",
    "stage_encoding": "正在整理",
    "stage_writing": "正在保存",
    "report_one": "读完了，可以提问了：《{title}》，{characters} 字。",
    "report_done": "读完了，可以提问了：{documents} 篇，共 {characters} 字。",
    "report_failed": "有 {count} 个没有读成",
    "report_none": "没有读成",
    "bring_again": "出了意外。请再试一次；如果还是这样，请到项目主页告诉我们。",
    "go_ask": "去提问",
    # the shell
    "cli_about": "出处：向中文文本提问，每句回答都有原文出处；文中没有的，会直说没有。不需要联网。",
    "cli_examples": """例子：
  chuchu serve                                打开网页，问自带的京东金融文章
  chuchu ask 京东支付的市场份额是多少？
  chuchu build 笔记/ 合同.txt --index 我的索引
  chuchu ask 违约金是多少？ --index 我的索引
  chuchu eval 题集.jsonl --index 我的索引

退出码：0 已回答，3 文中没有答案，2 用法不对，1 出错""",
    "cli_commands": "命令",
    "cli_arguments": "参数",
    "cli_options": "选项",
    "cli_usage": "用法：",
    "cli_help": "显示这段帮助",
    "cli_version": "显示版本号",
    "cli_serve": "打开问答网页",
    "cli_ask": "问一个问题",
    "cli_build": "用文件或文件夹建立索引",
    "cli_eval": "用题集测一测答得怎样",
    "cli_feedback": "看看大家的评价，把好评变成题集",
    "cli_serve_examples": """例子：
  chuchu serve
  chuchu serve --index 我的索引 --port 8080
  chuchu serve --shared                       大家共用带来的文本""",
    "cli_ask_examples": """例子：
  chuchu ask 京东金融有哪些问题？
  chuchu ask 违约金是多少？ --index 我的索引 --json""",
    "cli_build_examples": """例子：
  chuchu build 笔记/ 合同.txt --index 我的索引
  chuchu build 笔记/ --index 我的索引 --sync     并移除笔记/里已删掉的文件""",
    "cli_eval_examples": """例子：
  chuchu eval 题集.jsonl
  chuchu eval cmrc2018_trial.json --json""",
    "cli_feedback_examples": """例子：
  chuchu feedback                             列出评价
  chuchu feedback 好评.jsonl                  把同意保存文字的好评写成题集
  chuchu eval 好评.jsonl

差评不会写进题集：要由人读过原文，写下正确的出处后自己加进去。""",
    "cli_index": "索引所在的文件夹；不写就是自带的京东金融文章",
    "cli_index_build": "索引放在哪个文件夹",
    "cli_question": "问题，含空格时加引号",
    "cli_json": "输出 JSON",
    "cli_paths": "文件或文件夹（.txt、.md、.html）",
    "cli_model": "sentence-transformers 模型的名字或文件夹；不写就用自带的",
    "cli_sync": "移除来自这些文件夹、但文件已不在的文档",
    "cli_dataset": "题集：JSONL，或 CMRC 2018 / DRCD 那样的 JSON",
    "cli_questions": "把好评写成题集，写进这个新文件；不写就只列出",
    "cli_feedback_nothing": "没有同意保存文字的好评，题集没有写。",
    "cli_feedback_there": "{path} 已经有了。请换一个文件名。",
    "cli_feedback_none": "还没有人对这个索引的回答作过评价。",
    "cli_feedback_counts": "好评 {good}，差评 {bad}；其中 {words} 条同意保存文字。",
    "cli_feedback_written": "已把 {count} 个问题写进 {path}。",
    "cli_feedback_finish": "以下差评要由人来完成：读原文，写下正确的 evidence（和 short、items，"
    "或 refuse），再作为一行加进题集。",
    "cli_feedback_bad": "{time}  问：{question}\n  当时答：{answer}",
    "cli_feedback_said": "  评语：{comment}",
    "cli_feedback_no_words": "（没有同意保存文字）",
    "cli_shared": "所有访问者共用同一批具名的文本，而不是各用各的",
    "cli_mcp": "同时作为 MCP 服务器（要另装 .[mcp]）",
    "cli_mcp_address": "MCP 地址：{url}",
    "cli_host": "监听的地址（默认 127.0.0.1，只有本机能打开）",
    "cli_port": "端口（默认 7860）",
    "cli_error": "错误：{message}",
    "cli_missing": "缺少参数 {name}",
    "cli_unknown": "不认识的参数 {name}",
    "cli_wrong_value": "参数 {name} 的值不对：{value}",
    "cli_wrong_usage": "用法不对（{detail}）",
    "cli_see_help": "用 {command} --help 查看用法。",
    "cli_address": "请在浏览器里打开 {url}（按 Ctrl+C 停止）",
    "cli_port_taken": "地址 {host}:{port} 用不了，可能已被占用。用 --port 换一个端口。",
    "cli_unexpected": "出了意外：{detail}。请带上这行字到项目主页告诉我们。",
    "cli_refused": "文中没有答案。{reason}",
    "cli_nearest": "最接近的一句（这不是答案）：",
    "cli_suggestions": "可以试试：",
    "cli_sources": "出处：",
    "cli_built": "索引 {index}：新增 {added}，更新 {updated}，未变 {unchanged}，移除 {removed}；"
    "共读 {passages} 段。",
    "cli_failed": "没有读成：{message}",
    "cli_building": "建立索引",
    "cli_evaluating": "答题",
}

EN: Mapping[str, str] = {
    # the page's frame
    "title": "Chuchu 出处",
    "masthead": "# 出处\n\nChuchu: every sentence of an answer shows where it stands in the text",
    "tab_ask": "Ask",
    "tab_own": "Ask my own text",
    "now_reading": "Asking “{name}” (texts: {count})",
    "back": "Back to the first article",
    "loading": "Opening the article…",
    "other_language": "中文",
    "shade": "Light or dark",
    "toast_note": "Note",
    "lost_title": "Connection lost",
    "lost": "The connection to the program was lost. When it is back the page is loaded again, "
    "with the question that was not answered in its box.",
    "toast_problem": "That did not work",
    # earlier conversations
    "new_talk": "New chat",
    "earlier_talks": "Earlier chats",
    "talks_kept": "Kept in this browser only",
    "delete_talk": "Delete",
    "delete_surely": "Really delete",
    "text_changed": "An earlier answer. The text has changed since, and its sources may be "
    "elsewhere now: ask again.",
    "not_a_talk": "This chat cannot be read any more; it was left as it is. Begin a new one.",
    # asking
    "conversation": "Conversation",
    "question": "Question",
    "ask_here": "Ask about the text; Enter sends",
    "send": "Send",
    "empty_question": "Write your question first, then send it.",
    "thinking": "Looking in the text…",
    "warming": "Getting ready (the first question waits for the model, a few seconds)…",
    "again": "Something unexpected happened and this question was not answered. Ask it again; "
    "if it fails again, please tell us on the project's page.",
    "understood": "Understood as: ",
    # the answer
    "edit": "Edit and ask again",
    "sources": "Sources: {count}",
    "sure_high": "Very sure",
    "sure_fair": "Fairly sure",
    "sure_low": "Not sure: check the text",
    "copy": "Copy",
    "copy_markdown": "Copy as Markdown",
    "copied": "Copied",
    "copied_from": "Sources",
    "vote_good": "A good answer",
    "vote_bad": "Not a good answer",
    "vote_thanks": "Noted, thank you. You may say what was good or wrong:",
    "vote_comment": "A word on it (optional)",
    "vote_agree": "Keep this question, answer and its quotes on this computer (otherwise only ids "
    "and places are kept)",
    "vote_send": "Send",
    "vote_close": "No, thanks",
    "vote_kept": "Kept.",
    "vote_lost": "It could not be kept; please try again later.",
    "open_source": "Show source {number} in the text",
    "refused": "The text does not say",
    "not_answer": "The nearest sentence, which is not an answer",
    "see_in_text": "Show in the text",
    "try_these": "This text can answer:",
    # the welcome
    "welcome": "Ask this article",
    "welcome_lead": "Answers come from the text alone, each sentence with a mark that shows where "
    "it stands. What the text does not say, Chuchu says it does not.",
    "welcome_own": "Your text is ready for questions",
    "own_invite": "Or ask a text of your own →",
    "kind_fact": "Fact",
    "kind_list": "List",
    "kind_count": "Count",
    "kind_why": "Reason",
    "kind_yesno": "Yes or no",
    "kind_overview": "Overview",
    "kind_follow": "Follow-up",
    "kind_refused": "Not in the text",
    "then": "then",
    # the article pane
    "article": "The text",
    "choose_document": "Which text",
    "close_article": "Close the text",
    "outline": "Contents",
    "previous_place": "Previous source",
    "next_place": "Next source",
    "ask_this": "Ask about this",
    "set_aside": "Other words of the web page ({count} lines), never used in answers",
    # one's own text
    "own_lead": "Paste a text or upload files, then ask about them alone. They stay on the "
    "computer that runs this program, and only this browser of yours finds them; they are deleted "
    "after {days} days without use, or whenever you like, here on this page.",
    "own_lead_shared": "Paste a text or upload files, then ask about them alone. Texts here "
    "are shared: every visitor can ask about them, add to them and delete them. They stay "
    "until somebody does.",
    "asked_of": "Which texts to ask now",
    "servers_own": "The first article",
    "held": "Texts in “{name}”",
    "held_entry": "{title} (characters: {characters}, added {added})",
    "remove": "Remove the ticked texts",
    "nothing_ticked": "Tick the texts to remove first.",
    "delete": "Delete this set",
    "delete_all": "Delete all my texts now",
    "delete_sure": "Really delete “{name}”? All its texts ({count}) go from this computer for "
    "good.",
    "delete_all_sure": "Really delete all the sets of texts you brought ({count})? There is no "
    "way back.",
    "delete_yes": "Delete",
    "delete_no": "Keep",
    "deleted": "Deleted.",
    "add_to": "Add to",
    "add_to_new": "A new set",
    "name": "Name of the new set (optional)",
    "name_here": "Without one, the first text’s title",
    "paste": "Paste the text to ask about",
    "paste_here": "An article, a contract, some notes …",
    "paste_title": "Title of the pasted text (optional)",
    "paste_title_here": "Give it a name",
    "pasted": "Pasted text",
    "upload": "Or upload files (.txt, .md, .html)",
    "build": "Read it and ask",
    "stop": "Stop",
    "stopping": "Stopping…",
    "more_options": "More options",
    "nothing_given": "Paste a text or choose files first.",
    "stage_file": "Reading {name}",
    "stage_reading": "Reading the texts",
    "stage_waiting": "Other texts are being read; yours come next",
    "stage_loading": "Preparing (the first time after the program’s start takes longer)",
    "stage_encoding": "Preparing",
    "stage_writing": "Saving",
    "report_one": "Read, and ready for questions: “{title}”, characters: {characters}.",
    "report_done": "Read, and ready for questions: texts {documents}, characters {characters}.",
    "report_failed": "Not read: {count}",
    "report_none": "Nothing was read",
    "bring_again": "Something unexpected happened. Try again; if it fails again, please tell us on "
    "the project’s page.",
    "go_ask": "Ask about it",
    # the shell
    "cli_about": "Chuchu: ask Chinese texts. Every sentence of an answer shows its source, and "
    "what the text does not say is refused. Works offline.",
    "cli_examples": """examples:
  chuchu serve                                 open the page on the built-in article
  chuchu ask 京东支付的市场份额是多少？
  chuchu build notes/ contract.txt --index my-index
  chuchu ask 违约金是多少？ --index my-index
  chuchu eval questions.jsonl --index my-index

exit codes: 0 answered, 3 not in the text, 2 wrong usage, 1 error""",
    "cli_commands": "commands",
    "cli_arguments": "arguments",
    "cli_options": "options",
    "cli_usage": "usage: ",
    "cli_help": "show this help",
    "cli_version": "show the version",
    "cli_serve": "open the page",
    "cli_ask": "ask one question",
    "cli_build": "build an index from files or folders",
    "cli_eval": "measure the answers to a question set",
    "cli_feedback": "see what people thought, and make questions of good answers",
    "cli_serve_examples": """examples:
  chuchu serve
  chuchu serve --index my-index --port 8080
  chuchu serve --shared                        everybody shares the texts brought along""",
    "cli_ask_examples": """examples:
  chuchu ask 京东金融有哪些问题？
  chuchu ask 违约金是多少？ --index my-index --json""",
    "cli_build_examples": """examples:
  chuchu build notes/ contract.txt --index my-index
  chuchu build notes/ --index my-index --sync     and remove what is gone from notes/""",
    "cli_eval_examples": """examples:
  chuchu eval questions.jsonl
  chuchu eval cmrc2018_trial.json --json""",
    "cli_feedback_examples": """examples:
  chuchu feedback                              list what people thought
  chuchu feedback good.jsonl                   write good answers as a question set
  chuchu eval good.jsonl

Bad answers are never written: read the text, then add the question with its right evidence.""",
    "cli_index": "folder of the index; without it, the built-in article on JD Finance",
    "cli_index_build": "folder to keep the index in",
    "cli_question": "the question; quote it if it has spaces",
    "cli_json": "print JSON",
    "cli_paths": "files or folders (.txt, .md, .html)",
    "cli_model": "name or folder of a sentence-transformers model; without it, the built-in one",
    "cli_sync": "remove documents that came from these folders and are gone",
    "cli_dataset": "question set: JSONL, or JSON like CMRC 2018 and DRCD",
    "cli_questions": "a new file to write good answers to, as questions; without it, only list",
    "cli_feedback_nothing": "No good answer was kept with its words; no question set was written.",
    "cli_feedback_there": "{path} is there already. Choose another name.",
    "cli_feedback_none": "Nobody has judged answers of this index yet.",
    "cli_feedback_counts": "Good: {good}, bad: {bad}; with words kept: {words}.",
    "cli_feedback_written": "Questions written to {path}: {count}.",
    "cli_feedback_finish": "For a person to finish: read the text, write down the right evidence "
    "(and short, items, or refuse), and add it to a question set as a line.",
    "cli_feedback_bad": "{time}  asked: {question}\n  answered: {answer}",
    "cli_feedback_said": "  comment: {comment}",
    "cli_feedback_no_words": "(words were not agreed to be kept)",
    "cli_shared": "all visitors share the same named texts, instead of each having their own",
    "cli_mcp": "also be an MCP server (needs the extra .[mcp])",
    "cli_mcp_address": "MCP: {url}",
    "cli_host": "address to listen on (default 127.0.0.1: this computer only)",
    "cli_port": "port (default 7860)",
    "cli_error": "error: {message}",
    "cli_missing": "missing {name}",
    "cli_unknown": "unknown argument {name}",
    "cli_wrong_value": "wrong value for {name}: {value}",
    "cli_wrong_usage": "wrong usage ({detail})",
    "cli_see_help": "See {command} --help.",
    "cli_address": "Open {url} in your browser (Ctrl+C stops)",
    "cli_port_taken": "Cannot listen on {host}:{port}; it may be taken. Choose another --port.",
    "cli_unexpected": "something unexpected happened: {detail}. Please report this line.",
    "cli_refused": "The text does not say. {reason}",
    "cli_nearest": "The nearest sentence (not an answer):",
    "cli_suggestions": "Try:",
    "cli_sources": "Sources:",
    "cli_built": "Index {index}: added {added}, updated {updated}, unchanged {unchanged}, "
    "removed {removed}; passages read: {passages}.",
    "cli_failed": "Not read: {message}",
    "cli_building": "Building",
    "cli_evaluating": "Asking",
}

WORDS: Mapping[Language, Mapping[str, str]] = {"zh": ZH, "en": EN}


def say(language: Language, key: str, **facts: object) -> str:
    """Give the phrase ``key`` with its facts filled in."""
    return WORDS[language][key].format(**facts)


def shell_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Choose the language of the command line.

    ``CHUCHU_LANG`` decides; else the first of the locale's variables that is set, in the order
    POSIX gives them. With none set, or the neutral ``C`` locale, it is Chinese: so are the texts.
    """
    for name in ("CHUCHU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").split(".")[0].strip().lower()
        if value in {"c", "posix"} or not value:
            continue
        return "zh" if value.startswith("zh") else "en"
    return "zh"


def browser_language(accept_language: str, chosen: str | None = None) -> Language:
    """Choose the page's language: what the visitor chose, else what the browser asks for first.

    ``accept_language`` is the header of that name.
    """
    if chosen in WORDS:
        return "en" if chosen == "en" else "zh"
    first = accept_language.split(",", maxsplit=1)[0].strip().lower()
    return "en" if first and first != "*" and not first.startswith("zh") else "zh"
