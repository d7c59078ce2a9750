"""The texts of the Android project: names, colours, the adaptive icon, permissions and the links that the app opens."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from backend.branding import links
from backend.branding.loader import Brand
from backend.studio.app_pack.images import RES

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_ADAPTIVE = f"""{_HEAD}<adaptive-icon xmlns:android="http://schemas.android.com/apk/res/android">
    <background android:drawable="@color/ic_launcher_background"/>
    <foreground android:drawable="@mipmap/ic_launcher_foreground"/>
    <monochrome android:drawable="@mipmap/ic_launcher_monochrome"/>
</adaptive-icon>
"""
_MANIFEST = f"""{_HEAD}<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.INTERNET"/>
    <uses-permission android:name="android.permission.ACCESS_NETWORK_STATE"/>
    <uses-permission android:name="android.permission.CAMERA"/>
    <uses-permission android:name="android.permission.ACCESS_COARSE_LOCATION"/>
    <uses-permission android:name="android.permission.ACCESS_FINE_LOCATION"/>
    <uses-permission android:name="android.permission.POST_NOTIFICATIONS"/>
    <uses-feature android:name="android.hardware.camera" android:required="false"/>
    <uses-feature android:name="android.hardware.location.gps" android:required="false"/>

    <application android:allowBackup="false" android:icon="@mipmap/ic_launcher" android:label="@string/app_name"
        android:supportsRtl="true" android:theme="@style/AppTheme" android:usesCleartextTraffic="false">
        <meta-data android:name="com.google.firebase.messaging.default_notification_icon"
            android:resource="@drawable/ic_stat_notification"/>
        <meta-data android:name="com.google.firebase.messaging.default_notification_color"
            android:resource="@color/colorPrimary"/>

        <activity android:name=".MainActivity" android:exported="true" android:label="@string/title_activity_main"
            android:launchMode="singleTask" android:theme="@style/AppTheme.NoActionBarLaunch"
            android:configChanges="orientation|keyboardHidden|keyboard|screenSize|locale|smallestScreenSize|screenLayout|uiMode|navigation|density">
            <intent-filter>
                <action android:name="android.intent.action.MAIN"/>
                <category android:name="android.intent.category.LAUNCHER"/>
            </intent-filter>
            <intent-filter android:autoVerify="true">
                <action android:name="android.intent.action.VIEW"/>
                <category android:name="android.intent.category.DEFAULT"/>
                <category android:name="android.intent.category.BROWSABLE"/>
                <data android:scheme="https"/>
                <data android:host={{host}}/>
                <data android:path{{how}}={{path}}/>
            </intent-filter>
        </activity>

        <provider android:name="androidx.core.content.FileProvider" android:authorities="${{{{applicationId}}}}.fileprovider"
            android:exported="false" android:grantUriPermissions="true">
            <meta-data android:name="android.support.FILE_PROVIDER_PATHS" android:resource="@xml/file_paths"/>
        </provider>
    </application>
</manifest>
"""  # noqa: E501 - one attribute, one line


def texts(brand: Brand) -> Iterator[tuple[str, str]]:
    """Every file by its path in the pack."""
    light, package = brand.colours["light"], brand.stores["android"]["package"]
    home = urlsplit(links.home(brand))
    # At a host of its own every path is the client's; below the shared host only the client's own.
    how = "" if home.path == "/" else "Prefix"
    yield (
        "android-files/app/src/main/AndroidManifest.xml",
        _MANIFEST.format(host=quoteattr(home.hostname or ""), how=how, path=quoteattr(home.path)),
    )
    strings = {
        "app_name": brand.short_name,
        "title_activity_main": brand.name,
        "package_name": package,
        "custom_url_scheme": package,
    }
    yield f"{RES}/values/strings.xml", _values("string", {name: _text(text) for name, text in strings.items()})
    colours = {
        "colorPrimary": light["brand"],
        "colorPrimaryDark": light["card_from"],
        "colorAccent": light["accent"],
    }
    yield f"{RES}/values/colors.xml", _values("color", colours)
    # In a file of this name, as the one that the tool lays down there holds the same colour.
    ground = {"ic_launcher_background": light["brand_soft"]}
    yield f"{RES}/values/ic_launcher_background.xml", _values("color", ground)
    for name in ("ic_launcher", "ic_launcher_round"):
        yield f"{RES}/mipmap-anydpi-v26/{name}.xml", _ADAPTIVE


def _values(kind: str, values: dict[str, str]) -> str:
    lines = [f'    <{kind} name="{name}">{value}</{kind}>' for name, value in values.items()]
    return "\n".join([_HEAD + "<resources>", *lines, "</resources>", ""])


def _text(text: str) -> str:
    """As a string resource: apostrophes and quotes would end it, a leading @ or ? would name something else."""
    safe = escape(text).replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
    return f"\\{safe}" if safe[:1] in {"@", "?"} else safe
