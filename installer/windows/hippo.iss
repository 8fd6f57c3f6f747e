; Set-up for one user, without administrator rights. Compiled by installer/windows/setup.py, which defines Version,
; Bundle, Icons and Target. Written by Inno Setup's documentation; NOT YET RUN on Windows.

[Setup]
AppId={{6D2B8A52-6E0C-4D0B-9B3B-6E5C3C6D5A01}
AppName=Hippo
AppVersion={#Version}
AppPublisher=The Hippo authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Hippo
DefaultGroupName=Hippo
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Target}
OutputBaseFilename=Hippo-{#Version}-setup
SetupIconFile={#Icons}\hippo.ico
UninstallDisplayIcon={app}\Hippo.exe
LicenseFile={#Bundle}\_internal\LICENCES.txt
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesEnvironment=yes
; The models' manifests hold their files' times; kept exactly, no start has to read 150 MB to compare them.
TimeStampsInUTC=yes

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Let the command ""assistant"" be found in terminals"; Flags: unchecked

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[InstallDelete]
; Parts of an older version must not mix with those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Hippo"; Filename: "{app}\Hippo.exe"
Name: "{autodesktop}\Hippo"; Filename: "{app}\Hippo.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\Hippo.exe"; Description: "{cm:LaunchProgram,Hippo}"; Flags: nowait postinstall skipifsilent

[Code]
const
  EnvironmentKey = 'Environment';

function WithoutApp(Path: String): String;
var
  Rest, Part: String;
  At: Integer;
begin
  Result := '';
  Rest := Path + ';';
  while Rest <> '' do
  begin
    At := Pos(';', Rest);
    Part := Copy(Rest, 1, At - 1);
    Delete(Rest, 1, At);
    if (Part <> '') and (CompareText(Part, ExpandConstant('{app}')) <> 0) then
    begin
      if Result <> '' then
        Result := Result + ';';
      Result := Result + Part;
    end;
  end;
end;

procedure CurStepChanged(CurStep: TSetupStep);
var
  Path: String;
begin
  if (CurStep = ssPostInstall) and WizardIsTaskSelected('path') then
  begin
    if not RegQueryStringValue(HKCU, EnvironmentKey, 'Path', Path) then
      Path := '';
    Path := WithoutApp(Path);
    if Path <> '' then
      Path := Path + ';';
    RegWriteExpandStringValue(HKCU, EnvironmentKey, 'Path', Path + ExpandConstant('{app}'));
  end;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Path: String;
begin
  if CurUninstallStep = usUninstall then
  begin
    if RegQueryStringValue(HKCU, EnvironmentKey, 'Path', Path) and (Path <> WithoutApp(Path)) then
      RegWriteExpandStringValue(HKCU, EnvironmentKey, 'Path', WithoutApp(Path));
  end;
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox('Hippo is removed. What you keep with it stays, sealed, in' + #13#10 +
      ExpandConstant('{localappdata}\Hippo') + #13#10 + #13#10 +
      'Installed again, Hippo goes on with it. To be rid of it, delete that folder.', mbInformation, MB_OK);
end;
