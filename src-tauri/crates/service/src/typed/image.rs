//! `functions.*.image`, with `provider.ecr.images` beside it.

use pilothouse_model::{Code, Diagnostic};

use super::reader::{At, Reader};
use crate::document::Node;
use crate::schema::is_image_uri;
use crate::types::Image;

const BUILD_IT_BEFORE: &str = "Build and push it before the deploy (`docker build`, `docker push`), and write \
                               `uri: <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>`";

/// The image of a function. One that is named is looked up under `provider`.
pub(super) fn read(reader: &mut Reader, root: &At<'_>, name: &str, at: &At<'_>) -> Option<Image> {
    let image = at.get("image").filter(|image| is_said(image.node))?;
    if let Some(handler) = at.get("handler").filter(|handler| is_said(handler.node)) {
        reader.conflict(
            &handler,
            format!("the function `{name}` has both `handler` and `image`"),
            "An image brings its own handler (`image.command` replaces it): leave out one of them",
        );
    }
    let mut read = Image::default();
    let chosen = if image.node.as_mapping().is_some() {
        let uri = image.get("uri").filter(|uri| is_said(uri.node));
        let named = image.get("name").filter(|named| is_said(named.node));
        read.command = reader.texts_if(image.get("command"));
        read.entry_point = reader.texts_if(image.get("entryPoint"));
        let folder = reader.text(image.get("workingDirectory"));
        read.working_directory = folder.filter(|folder| !folder.is_empty());
        one_of(reader, &image, uri, named, ["uri", "name"])?
    } else {
        let text = reader.text(Some(image.clone()))?;
        if is_image_uri(&text) {
            Named::Address(image)
        } else {
            Named::Other(image)
        }
    };
    let address = match chosen {
        Named::Address(at) => at,
        Named::Other(at) => of_provider(reader, root, &at)?,
    };
    read.uri = reader.text(Some(address.clone()))?;
    read.path = address.path;
    Some(read)
}

/// What the provider says of an image, as its address.
fn of_provider<'n>(reader: &mut Reader, root: &At<'n>, named: &At<'_>) -> Option<At<'n>> {
    let name = reader.text(Some(named.clone()))?;
    let images = root
        .get("provider")
        .and_then(|provider| provider.get("ecr"))
        .and_then(|ecr| ecr.get("images"));
    let known = images.as_ref().and_then(|images| images.get(&name));
    let Some(known) = known.filter(|known| is_said(known.node)) else {
        missing(reader, named, &name, images.as_ref());
        return None;
    };
    if known.node.as_mapping().is_none() {
        let text = reader.text(Some(known.clone()))?;
        if is_image_uri(&text) {
            return Some(known);
        }
        not_built(reader, &known, &name);
        return None;
    }
    let uri = known.get("uri").filter(|uri| is_said(uri.node));
    let path = known.get("path").filter(|path| is_said(path.node));
    if uri.is_some() {
        for key in ["buildArgs", "cacheFrom", "platform"] {
            if let Some(of_build) = known.get(key).filter(|at| is_said(at.node)) {
                reader.conflict(
                    &of_build,
                    format!(
                        "`{}` says how to build an image that has a `uri`",
                        of_build.path
                    ),
                    "Remove it: the image is there already",
                );
            }
        }
    }
    match one_of(reader, &known, uri, path, ["uri", "path"])? {
        Named::Address(uri) => Some(uri),
        Named::Other(path) => {
            not_built(reader, &path, &name);
            None
        }
    }
}

/// One of two ways to say which image.
enum Named<'n> {
    Address(At<'n>),
    Other(At<'n>),
}

fn one_of<'n>(
    reader: &mut Reader,
    of: &At<'_>,
    address: Option<At<'n>>,
    other: Option<At<'n>>,
    [first, second]: [&str; 2],
) -> Option<Named<'n>> {
    match (address, other) {
        (Some(address), None) => Some(Named::Address(address)),
        (None, Some(other)) => Some(Named::Other(other)),
        (None, None) => {
            reader.found.push(
                Diagnostic::error(
                    Code::ConfigMissingKey,
                    format!("`{}` has neither `{first}` nor `{second}`", of.path),
                )
                .at(of.node.span.clone())
                .path(of.join(first))
                .hint(format!(
                    "Say which image it is: add `{first}` or `{second}`"
                )),
            );
            None
        }
        (Some(_), Some(other)) => {
            reader.conflict(
                &other,
                format!("`{}` has both `{first}` and `{second}`", of.path),
                "Both say which image it is: leave out one of them",
            );
            None
        }
    }
}

fn missing(reader: &mut Reader, named: &At<'_>, name: &str, images: Option<&At<'_>>) {
    let known = images.and_then(|images| images.node.as_mapping());
    let mut names = known.into_iter().flatten().map(|(name, _)| name.as_str());
    let hint = match crate::nearest::of(name, &mut names) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Add it to `provider.ecr.images`, or write the image's address in ECR".to_owned(),
    };
    reader.conflict(
        named,
        format!(
            "`{}`: `provider.ecr.images` has no image `{name}`",
            named.path
        ),
        &hint,
    );
}

fn not_built(reader: &mut Reader, at: &At<'_>, name: &str) {
    reader.found.push(
        Diagnostic::error(
            Code::NotYetSupported,
            format!("the image `{name}` would have to be built, and Pilothouse builds none"),
        )
        .at(at.node.span.clone())
        .path(at.path.clone())
        .reason("a plan says what will run before anything is made, and what a build gives is not known before it")
        .hint(BUILD_IT_BEFORE),
    );
}

/// Whether there is more than nothing.
fn is_said(node: &Node) -> bool {
    node.as_text() != Some("")
}
