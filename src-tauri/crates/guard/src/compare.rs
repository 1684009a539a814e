//! Numbers, moments, addresses and truth values, as conditions compare them. Nothing means: this cannot be compared.

use std::cmp::Ordering;
use std::net::IpAddr;

pub(crate) fn numbers(left: &str, right: &str) -> Option<Ordering> {
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
    };
    number(left)?.partial_cmp(&number(right)?)
}

pub(crate) fn truths(left: &str, right: &str) -> Option<bool> {
    let truth = |text: &str| text.to_ascii_lowercase().parse::<bool>().ok();
    Some(truth(left)? == truth(right)?)
}

/// Whether an address lies in a range, or is the address.
pub(crate) fn in_range(address: &str, range: &str) -> Option<bool> {
    let address: IpAddr = address.parse().ok()?;
    let (first, bits) = match range.split_once('/') {
        Some((first, bits)) => (first, Some(bits.parse::<u32>().ok()?)),
        None => (range, None),
    };
    match (address, first.parse::<IpAddr>().ok()?) {
        (IpAddr::V4(address), IpAddr::V4(first)) => {
            let rest = 32_u32.checked_sub(bits.unwrap_or(32))?;
            let cut = |address: std::net::Ipv4Addr| u32::from(address).checked_shr(rest);
            Some(cut(address) == cut(first))
        }
        (IpAddr::V6(address), IpAddr::V6(first)) => {
            let rest = 128_u32.checked_sub(bits.unwrap_or(128))?;
            let cut = |address: std::net::Ipv6Addr| u128::from(address).checked_shr(rest);
            Some(cut(address) == cut(first))
        }
        _ => Some(false),
    }
}

pub(crate) fn moments(left: &str, right: &str) -> Option<Ordering> {
    moment(left)?.partial_cmp(&moment(right)?)
}

/// Seconds since 1970, of a date in ISO 8601 or a number of seconds.
fn moment(text: &str) -> Option<f64> {
    if let Ok(seconds) = text.parse::<f64>() {
        return seconds.is_finite().then_some(seconds);
    }
    let (date, time) = text.split_once(['T', 't']).unwrap_or((text, "00:00:00Z"));
    let (time, offset) = zone(time)?;
    let day = f64::from(days(date)?);
    Some(day * 86_400.0 + seconds(time)? - offset)
}

/// Days since 1970-01-01, in the calendar of today.
fn days(date: &str) -> Option<i32> {
    let mut parts = date.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let plausible =
        (0..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !plausible || parts.next().is_some() {
        return None;
    }
    // Years begin in March here, so that the leap day is their last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The time without its zone, and the zone's distance in seconds.
fn zone(time: &str) -> Option<(&str, f64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0.0));
    }
    let at = time.rfind(['+', '-'])?;
    let (time, zone) = time.split_at_checked(at)?;
    let sign = if zone.starts_with('-') { -1.0 } else { 1.0 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let number = |text: &str| text.parse::<u8>().ok().map(f64::from);
    Some((
        time,
        sign * (number(hours)? * 3600.0 + number(minutes)? * 60.0),
    ))
}

fn seconds(time: &str) -> Option<f64> {
    let mut parts = time.split(':');
    let hours = parts
        .next()?
        .parse::<u8>()
        .ok()
        .filter(|hours| *hours < 24)?;
    let minutes = parts
        .next()?
        .parse::<u8>()
        .ok()
        .filter(|minutes| *minutes < 60)?;
    let seconds = match parts.next() {
        Some(seconds) => seconds
            .parse::<f64>()
            .ok()
            .filter(|seconds| (0.0..61.0).contains(seconds))?,
        None => 0.0,
    };
    parts
        .next()
        .is_none()
        .then_some(f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + seconds)
}
