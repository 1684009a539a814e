//! The name somebody probably meant.

/// The name most like the one written, when it is like enough to be a slip.
pub fn of<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// Longer names are nobody's slip, and comparing them costs time.
    const LONGEST: usize = 64;
    /// Nor is it found among more names than a person would read.
    const MOST: usize = 1_000;
    if written.len() > LONGEST {
        return None;
    }
    let written_small = written.to_lowercase();
    names
        .take(MOST)
        .filter(|name| name.len() <= LONGEST)
        .map(|name| {
            let small = name.to_lowercase();
            let likeness = strsim::jaro_winkler(&written_small, &small);
            let slips = strsim::damerau_levenshtein(&written_small, &small);
            (name, likeness, slips)
        })
        .filter(|(name, likeness, slips)| {
            *slips * 3 <= name.chars().count().max(3) || *likeness > 0.9
        })
        .max_by(|(_, one, _), (_, other, _)| one.total_cmp(other))
        .map(|(name, ..)| name)
}
