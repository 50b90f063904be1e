//! Every dependency was chosen by somebody who wrote down why.

use crate::repository;

fn violations(manifest: &str, page: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let all = manifest["workspace"]["dependencies"].as_table().expect("the workspace shares dependencies");
    let foreign = all.iter().filter(|(_, source)| source.get("path").is_none());
    let unexplained = foreign.map(|(name, _)| name).filter(|name| !page.contains(&format!("`{name}`")));
    unexplained.map(|name| format!("docs/decisions/dependencies.md says nothing of {name}")).collect()
}

#[test]
fn every_dependency_of_the_workspace_is_explained() {
    let found =
        violations(&repository::read("Cargo.toml"), &repository::read("docs/decisions/dependencies.md"));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn an_unexplained_dependency_is_found() {
    let manifest = "[workspace.dependencies]\nours = { path = \"x\" }\nleft-pad = \"1\"\ntokio = \"1\"\n";
    assert_eq!(
        violations(manifest, "| `tokio` | it runs |"),
        ["docs/decisions/dependencies.md says nothing of left-pad"]
    );
}
