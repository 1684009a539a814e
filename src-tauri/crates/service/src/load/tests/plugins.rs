//! Plugins that the file names.

use super::{errors, service};
use pilothouse_model::Code;

const HEAD: &str = super::HEAD;

#[test]
fn a_built_in_plugin_is_taken_in_both_forms() {
    service(&format!("{HEAD}plugins:\n  - serverless-offline\n"));
    service(&format!(
        "{HEAD}plugins:\n  modules: [serverless-offline]\n  localPath: ./mine\n"
    ));
}

#[test]
fn another_plugin_is_named_where_it_stands() {
    let found = errors(&format!(
        "{HEAD}plugins:\n  - serverless-offline\n  - serverless-odd\n"
    ));
    assert_eq!(
        found,
        [(
            Code::NotYetSupported,
            "plugins.1".to_owned(),
            "serverless-odd".to_owned()
        )]
    );
}
