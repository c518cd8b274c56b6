//! What was repaired in a paste, and what could not be used.

use crate::text::Text;

/// What stands in the way of using a part of the paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// More than [`crate::MAX_BYTES`] were given; the rest was not read.
    TooLarge,
    /// Bytes that are no text in any encoding that is read.
    NotText,
    /// A ZIP archive in which some file could not be opened.
    Archive,
    /// A document ends in the middle, or is damaged there.
    Cut,
    /// A document nests deeper than any AWS output.
    TooDeep,
    /// A document that no known operation prints.
    NotRecognised,
    /// A member written twice in a document that holds policies.
    DuplicateKey,
    /// Text output (`--output text`), which loses the structure.
    TextOutput,
    /// Table output (`--output table`), which loses the structure.
    TableOutput,
    /// A Terraform source.
    Terraform,
    /// A CloudFormation template.
    CloudFormation,
    /// The output was reshaped by `--query`, so that members are missing.
    Reshaped,
    /// YAML that could not be read.
    BadYaml,
    /// The command itself could not run (credentials, Region, network), which
    /// says nothing about the task.
    NotRun,
    /// The call printed nothing.
    EmptyOutput,
    /// A secret value stood in the paste; it was dropped.
    SecretDropped,
    /// The command above an output belongs to another operation.
    CommandDisagrees,
}

/// Something that the person should know about a source or a document, with
/// what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What happened and what to paste instead.
    pub text: Text,
    /// Line in the source, from 1.
    pub line: usize,
    /// The place in the document, where the problem has one.
    pub pointer: Option<crate::Pointer>,
}

/// A change that reading made to the text. The list is fixed; none of them
/// loses or invents anything that AWS wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// A byte order mark was removed.
    ByteOrderMark,
    /// UTF-16 (as PowerShell's `>` writes) was decoded.
    Utf16,
    /// Shift_JIS was decoded.
    ShiftJis,
    /// Windows line ends became line feeds.
    LineEnds,
    /// Terminal colours and other escape sequences were removed.
    Ansi,
    /// The quote marks of an e-mail were removed from the lines.
    MailQuotes,
    /// The line numbers of an editor, or of `cat -n`, were removed.
    LineNumbers,
    /// Non-breaking and other exotic spaces between tokens became spaces.
    Spaces,
    /// Typographic quotes became plain ones.
    Quotes,
    /// Typographic dashes in a command became plain ones.
    Dashes,
    /// Full-width characters outside of documents became plain ones.
    FullWidth,
    /// Lines that a terminal or mail program wrapped inside a string were
    /// joined.
    WrappedLines,
    /// A comma before a closing bracket was left out.
    TrailingComma,
    /// A pager's mark (`--More--`, `(END)`) was left out.
    PagerMark,
    /// YAML was converted to JSON.
    Yaml,
}

/// One repair, at the first line where it was needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repair {
    /// Which repair.
    pub kind: RepairKind,
    /// Line in the source, from 1.
    pub line: usize,
    /// How many places it touched in the source.
    pub count: usize,
}
