//! The system's table of sockets: which of them belong to a process, and on what addresses they listen.

use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The tables, and the state in them that means "takes connections" or "takes datagrams".
const TABLES: &[(&str, &str)] = &[
    ("/proc/net/tcp", "0A"),
    ("/proc/net/tcp6", "0A"),
    ("/proc/net/udp", "07"),
    ("/proc/net/udp6", "07"),
];

/// The addresses that these processes listen on.
pub(crate) fn listening(pids: &[u32]) -> io::Result<Vec<SocketAddr>> {
    let mut inodes = HashSet::new();
    for pid in pids {
        inodes.extend(inodes_of(*pid)?);
    }
    let mut found = Vec::new();
    for (table, state) in TABLES {
        match std::fs::read_to_string(table) {
            Ok(text) => found.extend(read_table(&text, state, &inodes)),
            // A system without IPv6 has no table of it.
            Err(problem) if problem.kind() == io::ErrorKind::NotFound && table.ends_with('6') => {}
            Err(problem) => return Err(problem),
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The sockets that a process holds; none when it has ended.
fn inodes_of(pid: u32) -> io::Result<Vec<u64>> {
    let entries = match std::fs::read_dir(format!("/proc/{pid}/fd")) {
        Ok(entries) => entries,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(problem) => return Err(problem),
    };
    let inode = |entry: io::Result<std::fs::DirEntry>| {
        let target = std::fs::read_link(entry.ok()?.path()).ok()?;
        let number = target.to_str()?.strip_prefix("socket:[")?;
        number.strip_suffix(']')?.parse().ok()
    };
    Ok(entries.filter_map(inode).collect())
}

/// The rows of a table in that state whose socket is one of these.
fn read_table<'a>(
    text: &'a str,
    state: &'a str,
    inodes: &'a HashSet<u64>,
) -> impl Iterator<Item = SocketAddr> + 'a {
    text.lines().skip(1).filter_map(move |line| {
        let mut columns = line.split_ascii_whitespace();
        let address = columns.nth(1)?;
        let row_state = columns.nth(1)?;
        let inode: u64 = columns.nth(5)?.parse().ok()?;
        if row_state != state || !inodes.contains(&inode) {
            return None;
        }
        parse_address(address)
    })
}

/// `0100007F:1F90`: the address as words of 32 bits in the order of the machine, and the port.
fn parse_address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let words: Option<Vec<[u8; 4]>> = address
        .as_bytes()
        .chunks(8)
        .map(|chunk| {
            let word = std::str::from_utf8(chunk).ok()?;
            u32::from_str_radix(word, 16).ok().map(u32::to_ne_bytes)
        })
        .collect();
    let bytes = words?.concat();
    let address = if let Ok(four) = <[u8; 4]>::try_from(bytes.as_slice()) {
        IpAddr::V4(Ipv4Addr::from(four))
    } else {
        IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).ok()?))
    };
    Some(SocketAddr::new(address, port))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpListener;

    use super::*;

    const TABLE: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
        0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41 1 0000000000000000 100 0 0 10 0\n   \
        1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42 1 0000000000000000 100 0 0 10 0\n   \
        2: 0100007F:1538 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 43 1 0000000000000000 20 4 30 10 -1\n";

    #[cfg(target_endian = "little")]
    #[test]
    fn only_listening_rows_of_the_named_sockets_are_read() {
        let rows = |inodes: &[u64]| {
            let inodes = inodes.iter().copied().collect();
            read_table(TABLE, "0A", &inodes)
                .map(|address| address.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(&[41, 43]), ["127.0.0.1:5432"]);
        assert_eq!(rows(&[42]), ["0.0.0.0:8080"]);
        assert!(rows(&[7]).is_empty());
    }

    #[cfg(target_endian = "little")]
    #[test]
    fn addresses_of_version_6_are_read_word_by_word() {
        let loopback = parse_address("00000000000000000000000001000000:0050").unwrap();
        assert_eq!(loopback.to_string(), "[::1]:80");
        let mapped = parse_address("0000000000000000FFFF00000100007F:0050").unwrap();
        assert_eq!(mapped.to_string(), "[::ffff:127.0.0.1]:80");
    }

    #[test]
    fn the_real_table_shows_what_this_process_listens_on() {
        let own = TcpListener::bind("127.0.0.1:0").unwrap();
        let everywhere = TcpListener::bind("0.0.0.0:0").unwrap();
        let found = listening(&[std::process::id()]).unwrap();
        assert!(found.contains(&own.local_addr().unwrap()));
        assert!(found.contains(&everywhere.local_addr().unwrap()));
        let elsewhere = listening(&[1]).unwrap_or_default();
        assert!(!elsewhere.contains(&own.local_addr().unwrap()));
    }
}
