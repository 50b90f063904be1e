//! Tells Tauri where capabilities and the app's own permissions are: with none of its own, every command would be
//! open to every local window.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(
            tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml"),
        );
    tauri_build::try_build(attributes).expect("the build script of Tauri failed");
}
