//! Images that are named by a tag: what the tag stands for is asked, so that a plan names what will run.

use pilothouse_model::{Code, Diagnostic};

use crate::document::Node;
use crate::load::Options;
use crate::lookup::{Answer, Answers, CloudLookup, Lookup, Question};
use crate::rules::place;
use crate::types::{Image, Service};

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// What is to be asked first.
    pub(crate) wanted: Vec<Lookup>,
    /// Images that are not there, or cannot be asked for.
    pub(crate) found: Vec<Diagnostic>,
}

/// Names every image by its digest.
pub(crate) fn settle(
    service: &mut Service,
    options: &Options,
    answers: &Answers,
    document: &Node,
) -> Settled {
    let mut settled = Settled::default();
    let region = service.region.clone();
    let named = options.others.get("aws-profile").cloned();
    let profile = named.or_else(|| service.provider.profile.clone());
    let images = service.functions.values_mut();
    for image in images.filter_map(|function| function.image.as_mut()) {
        let question = match question(image, &region) {
            Ok(Some(question)) => question,
            Ok(None) => continue,
            Err(wrong) => {
                settled.found.push(said(image, document, wrong));
                continue;
            }
        };
        let lookup = Lookup::Cloud(CloudLookup {
            region: region.clone(),
            profile: profile.clone(),
            question,
        });
        match answers.get(&lookup) {
            None if settled.wanted.contains(&lookup) => {}
            None => settled.wanted.push(lookup),
            Some(Answer::Found(digest)) => image.settle(digest),
            Some(other) => settled
                .found
                .push(said(image, document, refused(image, other))),
        }
    }
    // Two functions may run one image.
    settled.found.dedup_by(|one, other| one.path == other.path);
    settled
}

/// What is wrong, and what to do.
type Wrong = (Code, String, String);

fn question(image: &Image, region: &str) -> Result<Option<Question>, Wrong> {
    let Some(tagged) = image.tagged() else {
        return Ok(None);
    };
    if tagged.region != region {
        return Err((
            Code::ConfigConflict,
            format!(
                "the image `{}` is in the Region {}, and the service in {region}",
                image.uri, tagged.region
            ),
            "Lambda takes images of its own Region: push the image there, or name it by its digest"
                .to_owned(),
        ));
    }
    let Some(tag) = tagged.tag else {
        return Err((
            Code::ConfigConflict,
            format!("the image `{}` has neither a digest nor a tag", image.uri),
            "Add `@sha256:<digest>`, which is always the same image, or `:<tag>`".to_owned(),
        ));
    };
    Ok(Some(Question::Image {
        registry: tagged.registry.to_owned(),
        repository: tagged.repository.to_owned(),
        tag: tag.to_owned(),
    }))
}

fn refused(image: &Image, answer: &Answer) -> Wrong {
    let uri = &image.uri;
    match answer {
        Answer::Failed { code, reason, hint } => (
            *code,
            format!("nobody knows which image `{uri}` is: {reason}"),
            hint.clone()
                .unwrap_or_else(|| "Name the image by its digest: `@sha256:...`".to_owned()),
        ),
        Answer::Refused { reason } => (
            Code::CloudRefused,
            format!("the image `{uri}` cannot be asked for: {reason}"),
            "Name the image by its digest: `@sha256:...`".to_owned(),
        ),
        _ => (
            Code::CloudMissing,
            format!("ECR has no image `{uri}`"),
            "Push it there first, or correct the repository and the tag".to_owned(),
        ),
    }
}

fn said(image: &Image, document: &Node, (code, message, hint): Wrong) -> Diagnostic {
    Diagnostic::error(code, message)
        .at(place(document, &image.path))
        .path(image.path.clone())
        .hint(hint)
}
