//! What the end of a part means: start it again, later each time, or give up.

use std::time::{Duration, SystemTime};

/// So many ends within [`WINDOW`] are borne.
const MOST_ENDS: usize = 5;
/// Ends longer ago than this are forgiven.
const WINDOW: Duration = Duration::from_secs(60);
/// The wait after the first end; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// What to do after a part has ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Start it again after this time.
    Again(Duration),
    /// It will not stay up.
    GiveUp,
}

/// Remembers when a part ended by itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    ends: Vec<SystemTime>,
}

impl Watch {
    /// It has ended: what now?
    pub(crate) fn ended(&mut self, now: SystemTime) -> Verdict {
        self.ends
            .retain(|end| now.duration_since(*end).is_ok_and(|past| past < WINDOW));
        self.ends.push(now);
        let count = self.ends.len();
        if count > MOST_ENDS {
            return Verdict::GiveUp;
        }
        let doublings = u32::try_from(count - 1).unwrap_or(u32::MAX);
        Verdict::Again(FIRST_WAIT.saturating_mul(2_u32.saturating_pow(doublings)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn each_wait_is_twice_the_one_before_until_it_gives_up() {
        let mut watch = Watch::default();
        let verdicts: Vec<Verdict> = (0..6)
            .map(|second| watch.ended(at(1000 + second)))
            .collect();
        let waits =
            [100, 200, 400, 800, 1600].map(|millis| Verdict::Again(Duration::from_millis(millis)));
        assert_eq!(verdicts[..5], waits);
        assert_eq!(verdicts[5], Verdict::GiveUp);
    }

    #[test]
    fn ends_of_long_ago_are_forgiven() {
        let mut watch = Watch::default();
        for minute in 0..100 {
            let verdict = watch.ended(at(minute * 61));
            assert_eq!(verdict, Verdict::Again(FIRST_WAIT), "minute {minute}");
        }
    }
}
