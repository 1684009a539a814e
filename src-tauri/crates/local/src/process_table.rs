//! The system's table of processes.

use std::collections::HashMap;
use std::io;

use pilothouse_effects::ProcessIdentity;

/// What the table says of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    parent: u32,
    started: u64,
    ended: bool,
}

/// The identity of the process with that number, when it runs.
pub(crate) fn identity(pid: u32) -> io::Result<ProcessIdentity> {
    let row = row(pid)?;
    Ok(ProcessIdentity {
        pid,
        mark: format!("{}/{}", boot()?, row.started),
    })
}

/// Whether that very process runs: one that has ended but was not yet asked for its exit code does not.
pub(crate) fn runs(process: &ProcessIdentity) -> bool {
    let Ok(row) = row(process.pid) else {
        return false;
    };
    !row.ended && identity(process.pid).is_ok_and(|now| now == *process)
}

/// The process and all that descend from it.
pub(crate) fn family(pid: u32) -> io::Result<Vec<u32>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(number) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Ok(row) = row(number) {
            children.entry(row.parent).or_default().push(number);
        }
    }
    let mut family = Vec::new();
    let mut open = vec![pid];
    while let Some(next) = open.pop() {
        family.push(next);
        open.extend(children.remove(&next).unwrap_or_default());
    }
    Ok(family)
}

/// Bytes of memory that a process uses; pages it shares with others count in parts.
pub(crate) fn memory(pid: u32) -> u64 {
    let proportional = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"));
    let kilobytes = proportional.ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    });
    kilobytes.unwrap_or_default().saturating_mul(1024)
}

/// Tells this boot from every other: the times in the table count from it.
fn boot() -> io::Result<String> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")?;
    Ok(id.trim().chars().take(8).collect())
}

fn row(pid: u32) -> io::Result<Row> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    parse(&text).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

/// `PID (NAME) STATE PARENT ...`: the name may hold anything, even a parenthesis.
fn parse(text: &str) -> Option<Row> {
    let (_, rest) = text.rsplit_once(')')?;
    let mut columns = rest.split_ascii_whitespace();
    let state = columns.next()?;
    Some(Row {
        parent: columns.next()?.parse().ok()?,
        started: columns.nth(17)?.parse().ok()?,
        ended: matches!(state, "Z" | "X" | "x"),
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    const STAT: &str =
        "4711 (odd ) name) S 42 4711 4711 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 1 0 987654 10 1 2 3";

    #[test]
    fn a_name_with_a_parenthesis_does_not_shift_the_columns() {
        let row = parse(STAT).unwrap();
        assert_eq!((row.parent, row.started, row.ended), (42, 987_654, false));
        assert!(parse(&STAT.replace(" S ", " Z ")).unwrap().ended);
        assert_eq!(parse("4711 (cut off) S 42"), None);
    }

    #[test]
    fn the_same_number_with_another_start_is_another_process() {
        let own = identity(std::process::id()).unwrap();
        assert!(runs(&own));
        let earlier = ProcessIdentity {
            mark: own.mark.replace('/', "/9"),
            ..own.clone()
        };
        assert!(!runs(&earlier));
    }

    #[test]
    fn a_family_holds_the_children() {
        let mut child = std::process::Command::new("sleep")
            .arg("30")
            .spawn()
            .unwrap();
        let family = family(std::process::id()).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(family.contains(&std::process::id()));
        assert!(family.contains(&child.id()));
        assert!(!family.contains(&1));
    }

    #[test]
    fn this_process_uses_some_memory() {
        assert!(memory(std::process::id()) > 100_000);
    }
}
