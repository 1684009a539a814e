//! Three-valued logic: what is not known is neither yes nor no, and stays so until it cannot matter.

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Truth {
    /// It does not.
    No,
    /// It cannot be told from what is known.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// Both hold. One `No` settles it, whatever the other is.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one holds. One `Yes` settles it.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite holds.
    #[must_use]
    pub(crate) const fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }

    /// All hold; true of none.
    pub(crate) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::Yes, Self::and)
    }

    /// At least one holds; false of none.
    pub(crate) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::No, Self::or)
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}
