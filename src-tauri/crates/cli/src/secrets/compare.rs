//! Two paths beside each other, in one place or in two.

use clap::Args;
use pilothouse_api::parameters::{self, CompareRow};
use pilothouse_api::{ApiError, Cancel, Host};

use super::PlaceArguments;
use super::many::OtherPlace;
use crate::output;

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// The first path
    #[arg(value_name = "PATH")]
    left: String,

    /// The second path
    #[arg(value_name = "PATH")]
    right: String,

    #[command(flatten)]
    other: OtherPlace,

    /// Show what is the same too
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

/// Compares two paths.
pub(super) async fn compare(host: &Host, verb: &CompareArguments) -> Result<(), ApiError> {
    let left = verb.place.open(host).await?;
    let right = verb
        .other
        .open(host, &verb.place, &Cancel::default())
        .await?;
    let found = parameters::compare(host, (&left, &verb.left), (&right, &verb.right)).await?;
    if verb.place.json {
        output::json(&serde_json::to_value(&found).unwrap_or_default());
        return Ok(());
    }
    for row in found
        .rows
        .iter()
        .filter(|row| verb.all || row.state != "same")
    {
        output::line(compared(row));
    }
    output::note(format_args!(
        "{} the same, {} differ, {} only in the first, {} only in the second",
        found.same, found.differs, found.left, found.right
    ));
    Ok(())
}

fn compared(row: &CompareRow) -> String {
    let side = |side: &Option<parameters::CompareSide>| match side {
        None => "nothing".to_owned(),
        Some(side) => format!(
            "version {}, {} bytes, {}",
            side.version, side.bytes, side.digest
        ),
    };
    let sign = match row.state.as_str() {
        "same" => "=",
        "differs" => "~",
        "left" => "-",
        _ => "+",
    };
    format!(
        "{sign} {}  {} | {}",
        row.name,
        side(&row.left),
        side(&row.right)
    )
}
