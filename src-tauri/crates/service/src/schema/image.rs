//! Keys of functions that are container images.

use super::{Key, Shape, Status, rule};

const WITHOUT_BUILD: &str = "images are not built here, so no repository is made";
static TEXTS: Shape = Shape::List(&Shape::Text);

static IMAGE_KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::TextBy(&rule::IMAGE_NAME),
        "One of `provider.ecr.images`",
    ),
    Key::new("uri", Shape::TextBy(&rule::IMAGE_URI), "The image in ECR"),
    Key::new("command", TEXTS, "Replaces the image's command"),
    Key::new("entryPoint", TEXTS, "Replaces the image's entry point"),
    Key::new(
        "workingDirectory",
        Shape::Text,
        "Replaces the image's working directory",
    ),
];

/// `functions.*.image`.
pub(super) static IMAGE: Key = Key::new(
    "image",
    Shape::Either(&[
        Shape::TextBy(&rule::IMAGE_URI),
        Shape::TextBy(&rule::IMAGE_NAME),
        Shape::Keys(IMAGE_KEYS, &[]),
    ]),
    "A container image instead of a handler: its address in ECR, or one of `provider.ecr.images`",
);

static ONE_OF_PROVIDER: &[Key] = &[
    Key::new(
        "uri",
        Shape::TextBy(&rule::IMAGE_URI),
        "The image in ECR; with `@sha256:...` it is always the same one",
    ),
    Key::new(
        "path",
        Shape::Text,
        "A folder to build it from; refused where a function uses it: build it before, and name its `uri`",
    ),
    Key::without_build("file"),
    Key::without_build("buildArgs"),
    Key::without_build("cacheFrom"),
    Key::without_build("platform"),
];

static ECR_KEYS: &[Key] = &[
    Key::new(
        "images",
        Shape::Named(&Shape::Either(&[
            Shape::Text,
            Shape::Keys(ONE_OF_PROVIDER, &[]),
        ])),
        "Images by names of your own",
    ),
    Key::without_build("scanOnPush"),
];

/// `provider.ecr`.
pub(super) static ECR: Key = Key::new(
    "ecr",
    Shape::Keys(ECR_KEYS, &["images"]),
    "Images that functions name",
);

impl Key {
    /// A key about building an image.
    const fn without_build(name: &'static str) -> Self {
        Self::new(name, Shape::Anything, "How an image would be built")
            .with(Status::WithoutEffect(WITHOUT_BUILD))
    }
}
