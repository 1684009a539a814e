//! `size`: how large archives are and what makes them so.

use clap::Args;
use pilothouse_api::asking::{Road, with_answers};
use pilothouse_api::package::size_in_words;
use pilothouse_api::project::{self, ProjectRequest};
use pilothouse_api::sizes::{
    ArchiveSize, FunctionSize, Node, NodeKind, Sizes, SizesRequest, UNPACKED_LIMIT, files_in_words,
    sizes,
};
use pilothouse_api::{ApiError, Host};

use crate::arguments::ProjectArguments;
use crate::output;
use crate::progress::watch;

/// Lines of an archive before the rest is told as one.
const SHOWN: usize = 20;
/// Characters of a whole bar.
const BAR: u64 = 20;

#[derive(Debug, Args)]
pub(crate) struct SizeArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// Only this function's archive, and those of its layers
    #[arg(long, short = 'f', value_name = "NAME")]
    function: Option<String>,

    /// Tell what would be left without the files of this pattern; can be given several times
    #[arg(long, value_name = "PATTERN")]
    without: Vec<String>,
}

/// Packages the service and shows how large it is.
pub(crate) async fn size(host: &Host, verb: &SizeArguments) -> Result<(), ApiError> {
    let request = verb.project.deploy_request();
    let watch = watch(verb.project.json);
    let open = |project: &ProjectRequest| project::open(host, project);
    let (mut project, target) = (request.project, &request.target);
    let (_, known) = with_answers(host, &project, target, Road::Looking, &watch, open).await?;
    project.known = known;
    let request = SizesRequest {
        project,
        function: verb.function.clone(),
        without: verb.without.clone(),
    };
    let found = sizes(host, &request, &watch).await?;
    if verb.project.json {
        output::json(&found.to_value());
        return Ok(());
    }
    output::findings(&found.findings);
    for archive in &found.archives {
        show_archive(archive);
    }
    show_functions(&found);
    if !found.without.is_empty() {
        output::line("To leave this out, write:");
        output::line("package:\n  patterns:");
        for pattern in &found.without {
            output::line(format_args!("    - '{}'", pattern.replace('\'', "''")));
        }
    }
    Ok(())
}

fn show_archive(archive: &ArchiveSize) {
    output::line(format_args!("{}: {}", archive.name, archive.summary()));
    if !archive.functions.is_empty() {
        output::line(format_args!("  runs {}", archive.functions.join(", ")));
    }
    let Some(tree) = &archive.tree else {
        return;
    };
    let largest = tree.largest();
    for node in largest.iter().take(SHOWN) {
        show_node(node, tree.unzipped);
    }
    if let Some(more) = largest.get(SHOWN..).filter(|more| !more.is_empty()) {
        let bytes: u64 = more.iter().map(|node| node.unzipped).sum();
        output::line(format_args!(
            "  {} {:>9}  and {} smaller",
            bar(bytes, tree.unzipped),
            size_in_words(bytes),
            more.len()
        ));
    }
    if let Some(rest) = archive.rest {
        output::line(format_args!(
            "  without that: {} packed, {} unpacked, {}",
            size_in_words(rest.zipped),
            size_in_words(rest.unzipped),
            files_in_words(rest.files)
        ));
    }
}

fn show_node(node: &Node, whole: u64) {
    let what = match node.kind {
        NodeKind::Folder => format!("{}/", node.path),
        NodeKind::Package => format!("{} (package)", node.name),
        NodeKind::File => node.path.clone(),
    };
    output::line(format_args!(
        "  {} {:>9}  {:>9} packed  {what}",
        bar(node.unzipped, whole),
        size_in_words(node.unzipped),
        size_in_words(node.zipped)
    ));
}

/// A share as a bar of text; what is not nothing shows.
fn bar(part: u64, whole: u64) -> String {
    let filled = match whole {
        0 => 0,
        whole => (part.saturating_mul(BAR) / whole).clamp(u64::from(part > 0), BAR),
    };
    let filled = usize::try_from(filled).unwrap_or_default();
    let width = usize::try_from(BAR).unwrap_or_default();
    format!("{:.<width$}", "#".repeat(filled))
}

fn show_functions(found: &Sizes) {
    output::line(
        "Limits: a function and its layers may unpack to 250 MB (262144000 bytes). Archives go through a bucket, \
         so that the 50 MB of a direct upload do not count.",
    );
    for function in &found.functions {
        show_function(function, !found.without.is_empty());
    }
}

fn show_function(function: &FunctionSize, less: bool) {
    let mut line = format!(
        "  {}: {} of 250 MB ({}%)",
        function.name,
        size_in_words(function.unzipped),
        function
            .unzipped
            .saturating_mul(100)
            .div_ceil(UNPACKED_LIMIT)
    );
    if function.unzipped > UNPACKED_LIMIT {
        line.push_str(", too large");
    }
    if less {
        line.push_str(&format!("; without that {}", size_in_words(function.rest)));
    }
    if function.unknown > 0 {
        line.push_str(&format!(
            "; {} more that cannot be looked into",
            function.unknown
        ));
    }
    output::line(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_what_is_not_nothing_and_is_never_too_long() {
        assert_eq!(bar(0, 0), "....................");
        assert_eq!(bar(1, 1_000_000), "#...................");
        assert_eq!(bar(5, 5), "####################");
        assert_eq!(bar(1, 2), "##########..........");
    }
}
