//! What happens while parameters are read and written, in words.

use std::time::Duration;

use pilothouse_secrets::Progress;

/// A sentence for a person, when what happened is worth one.
pub fn words_of(progress: &Progress) -> Option<String> {
    match progress {
        Progress::Waiting {
            call,
            wait,
            done,
            of,
        } => Some(format!(
            "AWS asks to slow down at {call}: {}, going on in {} s",
            so_far(*done, *of),
            seconds(*wait)
        )),
        // A few are read at once; of many it is told how far it is.
        Progress::Read { done, of } if *done >= 1000 && done.is_multiple_of(1000) => {
            Some(so_far(*done, *of))
        }
        Progress::Wrote {
            name,
            version,
            done,
            of,
        } => Some(format!("{name} has version {version} ({done} of {of})")),
        Progress::Deleted { done, of } => Some(format!("{done} of {of} deleted")),
        _ => None,
    }
}

fn so_far(done: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => format!("{} of {} done", grouped(done), grouped(of)),
        None => format!("{} read", grouped(done)),
    }
}

/// Whole seconds, upwards: nobody waits for less than was said.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let head = digits.len() % 3;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == head {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_says_how_far_it_is_and_when_it_goes_on() {
        let waiting = |of| Progress::Waiting {
            call: "ssm:GetParameters",
            wait: Duration::from_millis(2100),
            done: 2140,
            of,
        };
        assert_eq!(
            words_of(&waiting(Some(10_000))).as_deref(),
            Some(
                "AWS asks to slow down at ssm:GetParameters: 2,140 of 10,000 done, going on in 3 s"
            )
        );
        assert_eq!(
            words_of(&waiting(None)).as_deref(),
            Some("AWS asks to slow down at ssm:GetParameters: 2,140 read, going on in 3 s")
        );
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
