"""Everything that can go wrong, in one tree.

ChuchuError
├── LoadError                a text could not be read
│   ├── SourceNotFound       no such file or folder
│   ├── SourceUnreadable     there, but it cannot be opened
│   ├── SourceUnnameable     its name is not valid UTF-8
│   ├── NoTexts              a folder without any file we read
│   ├── EmptyText            nothing to read in it
│   ├── BinaryText           not a text at all
│   ├── UndecodableText      no encoding fits
│   ├── TextTooLong          over the stated limit
│   └── UnsupportedFormat    a file type nobody here reads
├── IndexFault               an index could not be made or opened
│   ├── IndexNotFound        no index in that folder
│   ├── IndexIsFile          not a folder at all (both IndexNotFound and IndexForeign)
│   ├── IndexBroken          files missing, cut short or changed
│   ├── IndexForeign         made by another format version or another program
│   ├── IndexBusy            another writer is at work
│   ├── IndexUnwritable      no permission, or no room left
│   ├── IndexGone            made on the page, and deleted since
│   └── NothingToBuild       every document failed, or none was named
├── ModelError               an encoder could not be had
│   ├── ModelMissing         not in a package, not on disk; downloading was not asked for
│   │   └── HomeUnwritable   it cannot be unpacked: the user's folder cannot be written
│   ├── ModelChanged         weights do not match their checksum
│   └── ModelMismatch        not the model the index was made with
├── ExtraMissing             an optional package is not installed
├── DocumentNotFound         no document of that id in the index (any more)
└── DatasetError             a question set could not be read

Each error says what happened and what to do, in Chinese and in English. The facts it is about are
keyword arguments: ``EmptyText(source="a.txt")``. A fact that is in both languages itself, ``Both``
or another error, is said in the language of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Both:
    """A few words in both languages, for a fact of an error."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Them in one language."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.zh


class ChuchuError(Exception):
    """The root. ``str(error)`` is Chinese; ``error.say("en")`` is English."""

    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def say(self, language: Language) -> str:
        """The message, one line."""
        template = self.zh if language == "zh" else self.en
        facts = {
            name: fact.say(language) if isinstance(fact, (Both, ChuchuError)) else fact
            for name, fact in self.facts.items()
        }
        return " ".join(template.format(**facts).split())

    def __str__(self) -> str:
        return self.say("zh")


class LoadError(ChuchuError):
    """A text could not be read."""


class SourceNotFound(LoadError):
    """Facts: source."""

    zh = "找不到 {source}。请检查路径。"
    en = "{source} does not exist. Check the path."


class SourceUnreadable(LoadError):
    """Facts: source, detail (what the system says)."""

    zh = "{source} 打不开（{detail}）。请检查有没有读取权限，它是不是普通的文件或文件夹。"
    en = (
        "{source} cannot be opened ({detail}). Check that you may read it, and that it is an "
        "ordinary file or folder."
    )


class SourceUnnameable(LoadError):
    """Facts: source (its name as far as it can be written)."""

    zh = "{source} 的文件名不是有效的 UTF-8。请给文件或它所在的文件夹改名后再试。"
    en = "The name of {source} is not valid UTF-8. Rename the file or its folder and try again."


class NoTexts(LoadError):
    """Facts: source (a folder)."""

    zh = (
        "文件夹 {source} 里没有可读的 .txt、.md 或 .html 文件，"
        "来自这里的文档没有改动。请检查路径，或放入这样的文件。"
    )
    en = (
        "The folder {source} holds no .txt, .md or .html file to read; documents from it were left "
        "as they were. Check the path, or put such files there."
    )


class EmptyText(LoadError):
    """Facts: source."""

    zh = "{source} 里没有可读的文字。请换一个有正文的文件。"
    en = "{source} holds no text to read. Choose a file with text in it."


class BinaryText(LoadError):
    """Facts: source."""

    zh = "{source} 不是文本文件。请先另存为 .txt、.md 或 .html。"
    en = "{source} is not a text file. Save it as .txt, .md or .html first."


class UndecodableText(LoadError):
    """Facts: source."""

    zh = "{source} 的编码无法识别。请另存为 UTF-8 后再试。"
    en = "{source} is in no encoding we know. Save it as UTF-8 and try again."


class TextTooLong(LoadError):
    """Facts: source, length, limit (both in characters)."""

    zh = "{source} 有 {length} 字，超过上限 {limit} 字。请拆成几个文件。"
    en = "{source} has {length} characters, over the limit of {limit}. Split it into several files."


class UnsupportedFormat(LoadError):
    """Facts: source, suffix."""

    zh = "{source}：不支持 {suffix} 格式。请另存为 .txt、.md 或 .html。"
    en = "{source}: {suffix} is not a format we read. Save it as .txt, .md or .html."


class IndexFault(ChuchuError):
    """An index could not be made or opened."""


class IndexNotFound(IndexFault):
    """Facts: index."""

    zh = "{index} 里没有索引。请先用 chuchu build 建立。"
    en = "There is no index in {index}. Make one with chuchu build first."


class IndexBroken(IndexFault):
    """Facts: index, detail."""

    zh = (
        "索引 {index} 已损坏（{detail}）。请先删除它（整个文件夹），再用原文件重新建立；"
        "或用 --index 换一个文件夹。"
    )
    en = (
        "The index {index} is broken ({detail}). Delete it, the whole folder, and build it again "
        "from its files; or choose another folder with --index."
    )


class IndexForeign(IndexFault):
    """Facts: index, detail."""

    zh = "{index} 不是这个版本能读的索引（{detail}）。请换一个文件夹重新建立。"
    en = "{index} is no index this version can read ({detail}). Build one in another folder."


class IndexIsFile(IndexNotFound, IndexForeign):
    """Facts: index. Neither a folder with an index nor one that an index could be made in."""

    zh = "{index} 是一个文件，而索引要放在文件夹里。请换一个文件夹。"
    en = "{index} is a file, and an index is kept in a folder. Name a folder."


class IndexBusy(IndexFault):
    """Facts: index."""

    zh = "索引 {index} 正在由另一个程序写入。请等它完成后再试。"
    en = "Another program is writing the index {index}. Try again when it is done."


class IndexUnwritable(IndexFault):
    """Facts: index, detail."""

    zh = "写不进索引 {index}（{detail}），原有内容没有改变。请检查写入权限和磁盘空间。"
    en = "Cannot write the index {index} ({detail}); it is as it was. Check permissions and space."


class IndexGone(IndexFault):
    """Facts: none."""

    zh = "这个索引已经不在了，可能已过期或被删除。请重新建立。"
    en = "This index is gone; it may have expired or been deleted. Build it again."


class NothingToBuild(IndexFault):
    """Facts: detail."""

    zh = "没有可以建立索引的文本：{detail}"
    en = "No text to build an index from: {detail}"


class ModelError(ChuchuError):
    """An encoder could not be had."""


class ModelMissing(ModelError):
    """Facts: model, detail."""

    zh = (
        "本机没有模型 {model}（{detail}）。请改用本机上的模型文件夹；"
        "要允许下载，请设置环境变量 CHUCHU_DOWNLOAD=1 后重试。"
    )
    en = (
        "The model {model} is not on this machine ({detail}). Name a folder that holds one, or set "
        "the environment variable CHUCHU_DOWNLOAD=1 to allow downloading it."
    )


class HomeUnwritable(ModelMissing):
    """Facts: folder, detail; model."""

    zh = (
        "模型解不开：写不进文件夹 {folder}（{detail}）。请检查写入权限和磁盘空间，"
        "或用环境变量 CHUCHU_HOME 指定另一个文件夹。"
    )
    en = (
        "The model cannot be unpacked: the folder {folder} cannot be written ({detail}). Check "
        "permissions and space, or name another folder in the environment variable CHUCHU_HOME."
    )


class ModelChanged(ModelError):
    """Facts: path."""

    zh = "模型文件 {path} 与校验值不符。请重新安装它所在的包。"
    en = "The model file {path} does not match its checksum. Reinstall the package it came in."


class ModelMismatch(ModelError):
    """Facts: index, expected, found."""

    zh = (
        "索引 {index} 是用模型 {expected} 建立的，现在打开的是 {found}。"
        "请用原来的模型，或重新建立索引。"
    )
    en = "The index {index} was made with {expected}, not {found}. Use that model, or build again."


class ExtraMissing(ChuchuError):
    """Facts: option, extra."""

    zh = "{option} 需要另装的包。请在本仓库里运行：pip install -c constraints.txt -e '.[{extra}]'"
    en = (
        "{option} needs packages that are not installed. In a clone of this repository, run: "
        "pip install -c constraints.txt -e '.[{extra}]'"
    )


class DocumentNotFound(ChuchuError):
    """Facts: id."""

    zh = "索引里没有编号为 {id} 的文档，它可能已被移除。"
    en = "The index holds no document {id}; it may have been removed."


class HostUnknown(ChuchuError):
    """Facts: host."""

    zh = "地址 {host} 无法解析。请检查 --host，或者不写它。"
    en = "The address {host} cannot be resolved. Check --host, or leave it out."


class WrongArgument(ChuchuError):
    """Facts: argument, wanted, found (both words, in Chinese and English or in neither)."""

    zh = "参数 {argument} 不对：应为{wanted}，收到的是 {found}。"
    en = "The argument {argument} is wrong: it must be {wanted}, not {found}."


class DatasetError(ChuchuError):
    """Facts: source, detail."""

    zh = "题集 {source} 读不了：{detail}"
    en = "The question set {source} cannot be read: {detail}"


def check_string(argument: str, value: object) -> None:
    """Make sure that a caller gave text where text is wanted.

    Raises:
        WrongArgument: it is something else.
    """
    if not isinstance(value, str):
        wanted = Both("字符串", "a string")
        raise WrongArgument(argument=argument, wanted=wanted, found=kind_of(value))


def kind_of(value: object) -> str:
    """What a value is, for a message: its type, or itself where that says more."""
    if value is None or isinstance(value, (bool, int, float)) or value == "":
        return repr(value)
    return type(value).__name__
