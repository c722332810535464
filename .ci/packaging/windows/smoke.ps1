# Tries the installer on a Windows that has nothing of ours: smoke.ps1 PICTURE.png SopyoKur.exe. Installs it quietly, runs both
# programs, installs once more over the window while it is open, and removes it: the data stays.
param([Parameter(Mandatory)] [string] $Picture, [Parameter(Mandatory)] [string] $Setup)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$folder = "$env:LOCALAPPDATA\Programs\Sopyo Masaüstü"
$data = "$env:LOCALAPPDATA\Sopyo"

function Start-AndWait([string] $Program, [string[]] $Arguments, [int] $Expected = 0) {
    $p = Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru
    if ($p.ExitCode -ne $Expected) { throw "$Program $Arguments ended with $($p.ExitCode), not $Expected" }
}

Start-AndWait $Setup @('/S')
foreach ($name in 'sopyo.exe', 'sopyoctl.exe', 'uninstall.exe', 'LICENSE.txt', 'LICENCES-OF-OTHERS.txt') {
    if (-not (Test-Path "$folder\$name")) { throw "$name was not installed" }
}
$entry = Get-ItemProperty 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\Sopyo'
$version = & "$folder\sopyoctl.exe" version
if ($version -ne "sopyoctl $($entry.DisplayVersion)") { throw "$version, but the system says $($entry.DisplayVersion)" }
Start-Process "$folder\sopyo.exe" '--version' -Wait -RedirectStandardOutput version.txt
if ((Get-Content version.txt) -ne "sopyo $($entry.DisplayVersion)") { throw "the window says $(Get-Content version.txt)" }
& "$folder\sopyoctl.exe" company add 'Şişli İğne Ltd'
if ($LASTEXITCODE -ne 0) { throw 'no company was added' }

# The task that works while the window is closed: made, known again, begun once without a window, and gone with the programs.
$task = "Sopyo-$([System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value)"
if ((& "$folder\sopyoctl.exe" schedule status --json | ConvertFrom-Json).schedule -ne 'off') { throw 'there is a task that nobody asked for' }
if ((& "$folder\sopyoctl.exe" schedule on --json | ConvertFrom-Json).schedule -ne 'on') { throw 'the task was not made' }
if ((Get-ScheduledTask -TaskName $task).Actions[0].Execute -ne "$folder\sopyo.exe") { throw 'the task begins something else' }
Start-AndWait "$folder\sopyo.exe" @('--background')

$window = Start-Process "$folder\sopyo.exe" '--demo' -PassThru
for ($i = 0; $i -lt 120 -and $window.MainWindowHandle -eq 0; $i++) { Start-Sleep -Milliseconds 500; $window.Refresh() }
if ($window.HasExited -or $window.MainWindowHandle -eq 0) { throw 'the window did not open' }
Start-Sleep -Seconds 5
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$area = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds
$bitmap = New-Object System.Drawing.Bitmap $area.Width, $area.Height
[System.Drawing.Graphics]::FromImage($bitmap).CopyFromScreen($area.Location, [System.Drawing.Point]::Empty, $area.Size)
$bitmap.Save($Picture)

Start-AndWait $Setup @('/S')
if (-not $window.WaitForExit(1000)) { throw 'the window stayed open through the upgrade' }
# _?= keeps the uninstaller where it is, so that it can be waited for; it cannot delete itself then.
Start-AndWait "$folder\uninstall.exe" @('/S', "_?=$folder")
if (Test-Path "$folder\sopyo.exe") { throw 'sopyo.exe is still there' }
if (Test-Path 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\Sopyo') { throw 'the system still lists it' }
if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) { throw 'the task is still there' }
if (-not (Test-Path "$data\sopyo.db")) { throw 'the data is gone' }
$notes = Get-ChildItem "$([Environment]::GetFolderPath('MyDocuments'))\Sopyo" -Filter '*.txt' | Get-Content
if (-not ($notes -match [regex]::Escape($data))) { throw 'nothing says where the data is' }
Write-Output "${version}: installed, opened, upgraded, removed; the data stays in $data"
