//! Random choices that a seed repeats, and mappings made of them.

use serde_json::{Map, Value};

/// SplitMix64: a seed's numbers are the same everywhere and always.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number between two others, both included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True so often of a hundred times.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let at = self.below(all.len());
        &all[at]
    }

    pub(crate) fn word(&mut self, all: &[&str]) -> Value {
        Value::from(*self.pick(all))
    }

    pub(crate) fn truth(&mut self) -> Value {
        self.chance(50).into()
    }

    /// A list of so many things.
    pub(crate) fn list(
        &mut self,
        least: usize,
        most: usize,
        mut make: impl FnMut(&mut Self) -> Value,
    ) -> Value {
        let count = self.between(least, most);
        (0..count).map(|_| make(self)).collect()
    }
}

/// A key, and what makes a value for it.
pub(crate) type Way = (&'static str, fn(&mut Random) -> Value);

/// A mapping in the making.
pub(crate) struct Made<'r> {
    random: &'r mut Random,
    entries: Map<String, Value>,
}

impl<'r> Made<'r> {
    pub(crate) fn new(random: &'r mut Random) -> Self {
        Self {
            random,
            entries: Map::new(),
        }
    }

    /// Of a mapping that has something already.
    pub(crate) fn of(random: &'r mut Random, made: Value) -> Self {
        let entries = match made {
            Value::Object(entries) => entries,
            _ => Map::new(),
        };
        Self { random, entries }
    }

    pub(crate) fn with(mut self, name: &str, make: impl FnOnce(&mut Random) -> Value) -> Self {
        let value = make(self.random);
        self.entries.insert(name.to_owned(), value);
        self
    }

    /// Sets a key so often of a hundred times.
    pub(crate) fn may(
        self,
        percent: usize,
        name: &str,
        make: impl FnOnce(&mut Random) -> Value,
    ) -> Self {
        if self.random.chance(percent) {
            self.with(name, make)
        } else {
            self
        }
    }

    /// Sets one of several keys, or none.
    pub(crate) fn one_of(self, percent: usize, ways: &[Way]) -> Self {
        if !self.random.chance(percent) {
            return self;
        }
        let (name, make) = *self.random.pick(ways);
        self.with(name, make)
    }

    pub(crate) fn done(self) -> Value {
        self.entries.into()
    }
}
