//! The tree of a text with the place of every mark in it, aliases and merges as they are written: what an edit cuts
//! along. It comes from the events of the document's parser.

use saphyr_parser::ScalarStyle;
use serde_json::{Map, Value};

use crate::document::{self, Content};

/// A value as it is written.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Where its place begins: behind the colon, the dash or the anchor.
    pub(super) from: usize,
    /// Where it begins, its tag included.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The number of its anchor, or 0.
    pub(super) anchor: usize,
    /// The function that its tag stands for, or an empty text for another tag.
    pub(super) tag: Option<String>,
    /// What it is.
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Scalar(Value, ScalarStyle),
    Alias { name: String, anchor: usize },
    Items { flow: bool, items: Vec<Item> },
    Entries { flow: bool, entries: Vec<Entry> },
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its dash; in brackets, where it begins.
    pub(super) dash: usize,
    pub(super) node: Layout,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_start: usize,
    pub(super) key_end: usize,
    /// Whether it is a merge, `<<`.
    pub(super) merge: bool,
    pub(super) node: Layout,
}

impl Layout {
    pub(super) const fn is_flow(&self) -> bool {
        matches!(
            self.kind,
            Kind::Items { flow: true, .. } | Kind::Entries { flow: true, .. }
        )
    }

    /// Whether it stands in lines of its own: what may be longer by a line.
    pub(super) const fn is_block(&self) -> bool {
        matches!(
            self.kind,
            Kind::Items { flow: false, .. } | Kind::Entries { flow: false, .. }
        )
    }

    pub(super) const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Scalar(Value::Null, _))
    }

    /// Whether nothing at all is written.
    pub(super) fn is_nothing(&self) -> bool {
        self.is_null() && self.start == self.end
    }

    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Entries { entries, .. } => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Item] {
        match &self.kind {
            Kind::Items { items, .. } => items,
            _ => &[],
        }
    }

    /// Whether there is nothing inside.
    pub(super) fn is_empty(&self) -> bool {
        self.is_null()
            || matches!(&self.kind, Kind::Items { items, .. } if items.is_empty())
            || matches!(&self.kind, Kind::Entries { entries, .. } if entries.is_empty())
    }

    /// The value directly under a name or a number.
    pub(super) fn step(&self, name: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Items { items, .. } => Some(&items.get(name.parse::<usize>().ok()?)?.node),
            Kind::Entries { entries, .. } => {
                let found = entries
                    .iter()
                    .rev()
                    .find(|one| one.key == name && !one.merge);
                found.map(|entry| &entry.node)
            }
            _ => None,
        }
    }

    pub(super) fn at(&self, path: &[String]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.step(name))
    }

    /// The value with aliases and merges as they are written: two texts with equal ones differ in looks alone.
    pub(super) fn shadow(&self) -> Value {
        let inner = match &self.kind {
            Kind::Scalar(value, _) => value.clone(),
            Kind::Alias { name, .. } => named_alias(name),
            Kind::Items { items, .. } => items.iter().map(|item| item.node.shadow()).collect(),
            Kind::Entries { entries, .. } => {
                let pairs = entries.iter();
                let pairs = pairs.map(|entry| (entry.key.clone(), entry.node.shadow()));
                Value::Object(pairs.collect())
            }
        };
        self.tagged(inner)
    }

    fn tagged(&self, inner: Value) -> Value {
        let Some(tag) = self.tag.as_deref().filter(|tag| !tag.is_empty()) else {
            return inner;
        };
        let inner = match (&inner, tag) {
            (Value::String(text), "Fn::GetAtt") => {
                let (resource, attribute) = text.split_once('.').unwrap_or((text, ""));
                Value::from(vec![resource, attribute])
            }
            _ => inner,
        };
        Value::Object(Map::from_iter([(tag.to_owned(), inner)]))
    }

    /// The value as it is read, with the anchors of its document expanded.
    pub(super) fn value(&self, root: &Self) -> Value {
        let inner = match &self.kind {
            Kind::Scalar(value, _) => value.clone(),
            Kind::Alias { anchor, .. } => root
                .anchored(*anchor)
                .map_or(Value::Null, |node| node.value(root)),
            Kind::Items { items, .. } => items.iter().map(|item| item.node.value(root)).collect(),
            Kind::Entries { .. } => Value::Object(self.merged(root)),
        };
        self.tagged(inner)
    }

    /// The entries, merged ones included, where they are not written here.
    pub(super) fn merged(&self, root: &Self) -> Map<String, Value> {
        let mut all = Map::new();
        for entry in self.entries() {
            let value = entry.node.value(root);
            if !entry.merge {
                all.insert(entry.key.clone(), value);
                continue;
            }
            let sources = match value {
                Value::Array(sources) => sources,
                one => vec![one],
            };
            for source in sources {
                let Value::Object(source) = source else {
                    continue;
                };
                for (name, value) in source {
                    all.entry(name).or_insert(value);
                }
            }
        }
        all
    }

    /// The value that has an anchor.
    pub(super) fn anchored(&self, anchor: usize) -> Option<&Self> {
        if self.anchor == anchor {
            return Some(self);
        }
        let mut inside = self.children();
        inside.find_map(|node| node.anchored(anchor))
    }

    /// The path of the value that has an anchor.
    pub(super) fn path_of(&self, anchor: usize) -> Option<Vec<String>> {
        if self.anchor == anchor {
            return Some(Vec::new());
        }
        let named = self
            .entries()
            .iter()
            .map(|entry| (entry.key.clone(), &entry.node));
        let numbered = self.items().iter().enumerate();
        let numbered = numbered.map(|(at, item)| (at.to_string(), &item.node));
        named.chain(numbered).find_map(|(name, node)| {
            let mut path = node.path_of(anchor)?;
            path.insert(0, name);
            Some(path)
        })
    }

    /// Where aliases of an anchor stand.
    pub(super) fn uses(&self, anchor: usize) -> Vec<(usize, usize)> {
        if let Kind::Alias { anchor: of, .. } = self.kind
            && of == anchor
        {
            return vec![(self.start, self.end)];
        }
        self.children().flat_map(|node| node.uses(anchor)).collect()
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        let entries = self.entries().iter().map(|entry| &entry.node);
        entries.chain(self.items().iter().map(|item| &item.node))
    }
}

/// An alias as a value that nobody writes.
fn named_alias(name: &str) -> Value {
    Value::Object(Map::from_iter([("\u{0}alias".to_owned(), name.into())]))
}

/// A JSON document: its tree has all places already.
pub(super) fn of_json(node: &document::Node) -> Layout {
    let kind = match &node.content {
        Content::Sequence(nodes) => Kind::Items {
            flow: true,
            items: nodes
                .iter()
                .map(|node| Item {
                    dash: node.span.start,
                    node: of_json(node),
                })
                .collect(),
        },
        Content::Mapping(entries) => Kind::Entries {
            flow: true,
            entries: entries
                .iter()
                .map(|(name, entry)| Entry {
                    key: name.clone(),
                    key_start: entry.key.start,
                    key_end: entry.key.end,
                    merge: false,
                    node: of_json(&entry.node),
                })
                .collect(),
        },
        _ => Kind::Scalar(node.to_json(), ScalarStyle::DoubleQuoted),
    };
    Layout {
        from: node.span.start,
        start: node.span.start,
        end: node.span.end,
        anchor: 0,
        tag: None,
        kind,
    }
}
