; Not tried: there was no Windows to try it on.
; A per-user installer by Inno Setup 6: nobody needs to be an administrator, and no other user's settings are touched.
; After "uv run pyinstaller build.spec --noconfirm" has made dist\wpsdesk:
;   iscc /DVersion=0.1.0 resources\packaging\windows\wpsdesk.iss
; makes dist\wpsdesk-0.1.0-windows-setup.exe. Desks are never touched, neither by a newer version nor by removal.

#ifndef Version
  #error Say which version it is: /DVersion=...
#endif
#define Top "..\..\.."
#define Window "WPS Desk.exe"

[Setup]
AppId={{6C0E7B0E-5C0B-4E7B-9D5C-3C3C1E9B7A41}
AppName=WPS Desk
AppVersion={#Version}
AppVerName=WPS Desk {#Version}
AppPublisher=WPS Desk
DefaultDirName={autopf}\WPS Desk
DisableDirPage=auto
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
; A window that is open is asked to close: it saves first. It is not started again, for it would ask for a passphrase.
CloseApplications=yes
RestartApplications=no
OutputDir={#Top}\dist
OutputBaseFilename=wpsdesk-{#Version}-windows-setup
SetupIconFile={#Top}\resources\icons\wpsdesk.ico
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName=WPS Desk
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "nb"; MessagesFile: "compiler:Languages\Norwegian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
nb.OpensDesks=Åpne arbeidsplasser og rapportpakker i WPS Desk med et dobbeltklikk
en.OpensDesks=Open desks and report bundles of WPS Desk with a double click
fr.OpensDesks=Ouvrir les bureaux et les paquets de rapport de WPS Desk par un double clic
es.OpensDesks=Abrir los escritorios y paquetes de informe de WPS Desk con un doble clic
nb.OnTheDesktop=Snarvei på skrivebordet
en.OnTheDesktop=A shortcut on the desktop
fr.OnTheDesktop=Un raccourci sur le bureau
es.OnTheDesktop=Un acceso directo en el escritorio
nb.Desk=Arbeidsplass i WPS Desk
en.Desk=Desk of WPS Desk
fr.Desk=Bureau de WPS Desk
es.Desk=Escritorio de WPS Desk
nb.Bundle=Rapportpakke
en.Bundle=Report bundle
fr.Bundle=Paquet de rapport
es.Bundle=Paquete de informe
nb.Part=Del av en rapportpakke
en.Part=Part of a report bundle
fr.Part=Partie d'un paquet de rapport
es.Part=Parte de un paquete de informe

[Tasks]
Name: "opens"; Description: "{cm:OpensDesks}"
Name: "desktop"; Description: "{cm:OnTheDesktop}"; Flags: unchecked

[Files]
Source: "{#Top}\dist\wpsdesk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; What an older version had and this one has not must not be found by it.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\WPS Desk"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\WPS Desk"; Filename: "{app}\{#Window}"; Tasks: desktop

[Registry]
; What the three kinds of file are called and opened with. HKA is the user's own part of the registry, unless the
; administrator chose to install for everybody.
Root: HKA; Subkey: "Software\Classes\WPSDesk.Desk"; ValueType: string; ValueData: "{cm:Desk}"; Flags: uninsdeletekey; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Desk\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Desk\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Bundle"; ValueType: string; ValueData: "{cm:Bundle}"; Flags: uninsdeletekey; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Bundle\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Bundle\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Part"; ValueType: string; ValueData: "{cm:Part}"; Flags: uninsdeletekey; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Part\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"; Tasks: opens
Root: HKA; Subkey: "Software\Classes\WPSDesk.Part\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: opens

Root: HKA; Subkey: "Software\Classes\.wpsdesk"; ValueType: string; ValueData: "WPSDesk.Desk"; Flags: uninsdeletevalue; Tasks: opens
Root: HKA; Subkey: "Software\Classes\.wpspart"; ValueType: string; ValueData: "WPSDesk.Part"; Flags: uninsdeletevalue; Tasks: opens
; Windows looks at the last of several extensions only. Other programs' files are called .cms and .asice too, so this
; program offers itself for them and takes them from nobody.
Root: HKA; Subkey: "Software\Classes\.asice\OpenWithProgids"; ValueType: string; ValueName: "WPSDesk.Bundle"; ValueData: ""; Flags: uninsdeletevalue; Tasks: opens
Root: HKA; Subkey: "Software\Classes\.cms\OpenWithProgids"; ValueType: string; ValueName: "WPSDesk.Bundle"; ValueData: ""; Flags: uninsdeletevalue; Tasks: opens

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,WPS Desk}"; Flags: nowait postinstall skipifsilent
