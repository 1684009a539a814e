//! Random documents, in every style that a file can have.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// Chance from a number.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (most.max(1) as u64)).unwrap()
    }

    pub(super) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub(super) fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

const NAMES: &[&str] = &[
    "functions",
    "a",
    "b-c",
    "d_e",
    "handler",
    "timeout",
    "x y",
    "0",
    "on",
    "é",
    "events",
    "http",
    "long.name",
    "#no",
    "Fn::Sub",
    "*",
    "12",
    "a: b",
];
const TEXTS: &[&str] = &[
    "",
    "x",
    "src/app.handler",
    "yes",
    "no",
    "on",
    "1",
    "012",
    "1.5",
    "a: b",
    "a #b",
    "*star",
    "&and",
    "!bang",
    "%p",
    "@at",
    "`tick",
    "- x",
    "? x",
    "null",
    "~",
    "it's",
    "say \"hi\"",
    "two\nlines",
    "ends\n",
    "\n",
    "a\n\n  b\n",
    "keep\n\n",
    " lead",
    "trail ",
    "tab\tx",
    "é\u{1F600}",
    "${self:custom.a, 'b'}",
    "{x}",
    "[y]",
    "a, b",
    "c:\\d",
    "\u{202e}rtl",
    "a\r\nb",
    "12:30:00",
    "1_000",
    "2024-01-01",
    "0x1F",
    ".5",
    "=",
    "<<",
    "---",
    "...",
    "|",
    ">-",
    "#c",
    "a:",
    ":a",
];

pub(super) fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 6 } else { 11 }) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(dice.below(1000)),
        3 => json!(1.5),
        4 | 5 => json!(dice.pick(TEXTS)),
        6 | 7 => (0..dice.below(4)).map(|_| value(dice, depth - 1)).collect(),
        _ => Value::Object(entries(dice, depth - 1)),
    }
}

pub(super) fn entries(dice: &mut Dice, depth: usize) -> Map<String, Value> {
    let mut map = Map::new();
    for _ in 0..dice.below(5) {
        map.insert(dice.pick(NAMES).to_owned(), value(dice, depth));
    }
    map
}

/// Writes a value in a style that changes from place to place.
struct Writer<'d> {
    dice: &'d mut Dice,
    out: String,
    eol: &'static str,
}

impl Writer<'_> {
    fn comment(&mut self, indent: usize) {
        if self.dice.one_in(4) {
            let pad = " ".repeat(indent);
            write!(self.out, "{pad}# c{}{}", self.dice.below(100), self.eol).unwrap();
        }
        if self.dice.one_in(6) {
            self.out.push_str(self.eol);
        }
    }

    fn tail(&mut self) {
        if self.dice.one_in(4) {
            write!(self.out, "  # t{}", self.dice.below(100)).unwrap();
        }
        self.out.push_str(self.eol);
    }

    fn quoted(&mut self, text: &str) -> String {
        let single = !text.contains(|letter: char| letter.is_control() || letter == '\u{202e}');
        if single && self.dice.one_in(2) {
            format!("'{}'", text.replace('\'', "''"))
        } else {
            json!(text).to_string()
        }
    }

    fn scalar(&mut self, value: &Value) -> String {
        match value {
            Value::String(text) => {
                let plain = text.starts_with(|first: char| first.is_ascii_lowercase())
                    && text
                        .chars()
                        .all(|letter| letter.is_ascii_lowercase() || "/.".contains(letter))
                    && !["null", "true", "false"].contains(&text.as_str());
                if plain && self.dice.one_in(2) {
                    text.clone()
                } else {
                    self.quoted(text)
                }
            }
            Value::Null => self.dice.pick(&["null", "~"]).to_owned(),
            other => other.to_string(),
        }
    }

    fn flow(&mut self, value: &Value) -> String {
        let spread = self.dice.one_in(5);
        let between = if spread {
            format!(",  # f{}             ", self.eol)
        } else {
            self.dice.pick(&[",", ", "]).to_owned()
        };
        match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(&between))
            }
            Value::Object(entries) => {
                let room = self.dice.pick(&["", " "]);
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", self.quoted(key), self.flow(value)))
                    .collect();
                format!("{{{room}{}{room}}}", entries.join(&between))
            }
            scalar => self.scalar(scalar),
        }
    }

    fn is_block(&mut self, value: &Value) -> bool {
        let full = match value {
            Value::Array(items) => !items.is_empty(),
            Value::Object(entries) => !entries.is_empty(),
            _ => false,
        };
        full && !self.dice.one_in(4)
    }

    /// The lines of a value, whose first one is already indented when `begun`.
    fn block(&mut self, value: &Value, indent: usize, mut begun: bool) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    if !begun {
                        self.comment(indent);
                        self.out.push_str(&" ".repeat(indent));
                    }
                    begun = false;
                    let key = self.scalar(&json!(key));
                    self.out.push_str(&key);
                    self.out.push(':');
                    self.behind(value, indent, false);
                }
            }
            Value::Array(items) => {
                for item in items {
                    if !begun {
                        self.comment(indent);
                        self.out.push_str(&" ".repeat(indent));
                    }
                    begun = false;
                    self.out.push('-');
                    if self.is_block(item) && self.dice.one_in(2) {
                        self.out.push(' ');
                        self.block(item, indent + 2, true);
                    } else {
                        self.behind(item, indent, true);
                    }
                }
            }
            _ => {}
        }
    }

    fn behind(&mut self, value: &Value, indent: usize, in_list: bool) {
        if self.is_block(value) {
            self.tail();
            let least = usize::from(in_list || !value.is_array());
            let deeper = indent + (1 + self.dice.below(4)).max(least)
                - usize::from(least == 0 && self.dice.one_in(3));
            let deeper = if least == 0 && self.dice.one_in(3) {
                indent
            } else {
                deeper.max(indent + 1)
            };
            return self.block(value, deeper, false);
        }
        match value {
            Value::Null if self.dice.one_in(2) => self.tail(),
            Value::String(text) if text == "two\nlines" && self.dice.one_in(2) => {
                let pad = " ".repeat(indent + 1 + self.dice.below(3));
                write!(self.out, " |-{0}{pad}two{0}{pad}lines{0}", self.eol).unwrap();
            }
            other => {
                let text = self.flow(other);
                write!(self.out, " {text}").unwrap();
                self.tail();
            }
        }
    }
}

pub(super) fn text(dice: &mut Dice, value: &Value) -> String {
    let eol = if dice.one_in(4) { "\r\n" } else { "\n" };
    let mut writer = Writer {
        dice,
        out: String::new(),
        eol,
    };
    writer.comment(0);
    writer.block(value, 0, false);
    writer.comment(0);
    writer.out
}
