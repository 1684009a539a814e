//! Keys of `custom.pilothouse`: what Serverless has no key for. A file that has them is still a file of Serverless's,
//! which leaves what stands under `custom` alone.

use super::{Key, Shape};
use crate::plugins::esbuild;

/// The name under `custom`.
pub const NAME: &str = "pilothouse";

/// The keys of `custom.pilothouse`.
pub static OWN: Shape = Shape::Keys(KEYS, &[]);

static KEYS: &[Key] = &[
    Key::new(
        "dependencies",
        Shape::Word(&["layer", "archive"]),
        "Where the packages of Python and Node functions go: a layer that each of them has, or their archives",
    ),
    Key::new(
        "esbuild",
        Shape::Either(&[Shape::Truth, Shape::Keys(esbuild::SETTINGS, &[])]),
        "Whether the code of Node functions is bundled with esbuild, or how: the keys of `serverless-esbuild`",
    ),
    Key::new(
        "nestedStacks",
        Shape::Truth,
        "Whether a service of more resources than a stack takes is deployed as nested stacks",
    ),
];
