//! serverless-wsgi: WSGI applications behind an API, by an adapter of our own with the plugin's names.

use pilothouse_model::{Code, Diagnostic};
use serde_json::json;

use super::{BuiltIn, written};
use crate::document::{Content, Node};
use crate::schema::{Key, Shape};
use crate::types::GeneratedFile;

const NAME: &str = "serverless-wsgi";
const ADAPTER: &str = include_str!("wsgi/wsgi_handler.py");
/// The handler of functions that run the adapter.
pub(crate) const HANDLER: &str = "wsgi_handler.handler";
const LOCAL: &str = "the sandbox serves the application";

static SETTINGS: &[Key] = &[
    Key::new(
        "app",
        Shape::Text,
        "The application: `module.name`, or `folder/module.name`",
    ),
    Key::new(
        "packRequirements",
        Shape::Truth,
        "Whether the packages of `requirements.txt` are packed",
    ),
    Key::new(
        "textMimeTypes",
        Shape::List(&Shape::Text),
        "Media types whose bodies are text, beyond the usual ones",
    ),
    Key::without_effect(
        "pythonBin",
        "packages are fetched for the function's runtime, not by a Python here",
    ),
    Key::without_effect("pipArgs", "packages are fetched as wheels"),
    Key::without_effect("host", LOCAL),
    Key::without_effect("port", LOCAL),
    Key::without_effect("wsgiTmpDir", "nothing is written to the project"),
];

pub(super) static WSGI: BuiltIn = BuiltIn {
    names: &[NAME],
    doc: "Runs WSGI applications such as Flask's and Django's behind an API",
    custom: &[("wsgi", Shape::Keys(SETTINGS, &[]))],
    function: &[],
};

/// Gives functions the adapter; answers the files that are packed with them.
pub(crate) fn apply(document: &mut Node, found: &mut Vec<Diagnostic>) -> Vec<GeneratedFile> {
    let Some(plugin) = written(document)
        .into_iter()
        .find(|plugin| plugin.name == NAME)
    else {
        return Vec::new();
    };
    rename_old_handlers(document, found);
    let settings = document.get("custom").and_then(|custom| custom.get("wsgi"));
    let Some(app) = settings
        .and_then(|wsgi| wsgi.get("app"))
        .and_then(Node::to_text)
    else {
        let message = "`serverless-wsgi` is used, and no application is named";
        found.push(
            Diagnostic::warning(Code::ConfigMissingKey, message)
                .at(plugin.span)
                .path("custom.wsgi.app")
                .hint("Write it as `custom.wsgi.app: module.name`, such as `app.app`"),
        );
        return Vec::new();
    };
    if !app
        .rsplit_once('.')
        .is_some_and(|(module, name)| !module.is_empty() && !name.is_empty())
    {
        found.push(
            Diagnostic::error(
                Code::ConfigBadValue,
                format!("`custom.wsgi.app` must be `module.name`, not `{app}`"),
            )
            .at(settings.map_or(plugin.span, |wsgi| wsgi.span.clone()))
            .path("custom.wsgi.app")
            .hint("Name the file and the application in it, such as `app.app` or `mysite.wsgi.application`"),
        );
        return Vec::new();
    }
    let mut config = json!({ "app": app });
    let types = settings.and_then(|wsgi| wsgi.get("textMimeTypes"));
    if let (Some(types), Some(config)) = (types, config.as_object_mut()) {
        config.insert("text_mime_types".into(), types.to_json());
    }
    let file = |path: &str, text: String| GeneratedFile {
        path: path.to_owned(),
        text,
    };
    vec![
        file("wsgi_handler.py", ADAPTER.to_owned()),
        file(".serverless-wsgi", config.to_string()),
    ]
}

/// `wsgi.handler`, the plugin's older name of its handler.
fn rename_old_handlers(document: &mut Node, found: &mut Vec<Diagnostic>) {
    let Content::Mapping(entries) = &mut document.content else {
        return;
    };
    let Some(Content::Mapping(functions)) = entries
        .get_mut("functions")
        .map(|entry| &mut entry.node.content)
    else {
        return;
    };
    for (key, function) in functions.iter_mut() {
        let Content::Mapping(function) = &mut function.node.content else {
            continue;
        };
        let Some(handler) = function.get_mut("handler") else {
            continue;
        };
        if handler.node.as_text() == Some("wsgi.handler") {
            handler.node.content = Content::Text(HANDLER.to_owned());
            let path = format!("functions.{key}.handler");
            found.push(
                Diagnostic::warning(
                    Code::ConfigDeprecated,
                    format!("`wsgi.handler` is the old name of `{HANDLER}`"),
                )
                .at(handler.node.span.clone())
                .path(path)
                .hint(format!("Write `handler: {HANDLER}`")),
            );
        }
    }
}
